package io.gatehouse.devices.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MrzCodecTest {
    private static final LocalDate TODAY = LocalDate.of(2012, 1, 1);
    // The specimens of ICAO Doc 9303, parts 4, 5 and 6.
    private static final List<String> TD3 =
            List.of("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
    private static final List<String> TD1 = List.of(
            "I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
    private static final List<String> TD2 =
            List.of("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6");

    static Stream<List<String>> specimens() {
        return Stream.of(TD1, TD2, TD3);
    }

    @ParameterizedTest
    @MethodSource("specimens")
    @DisplayName("REG-4 reads the specimens of ICAO Doc 9303")
    void readsSpecimens(List<String> lines) {
        MachineReadableZone zone = zone(lines);
        assertThat(zone.surname()).isEqualTo("ERIKSSON");
        assertThat(zone.givenNames()).isEqualTo("ANNA MARIA");
        assertThat(zone.number()).isEqualTo(lines == TD3 ? "L898902C3" : "D23145890");
        assertThat(zone.documentCode()).isEqualTo(lines == TD3 ? "P" : "I");
        assertThat(zone.issuer()).isEqualTo("UTO");
        assertThat(zone.nationality()).isEqualTo("UTO");
        assertThat(zone.dateOfBirth()).contains(LocalDate.of(1974, 8, 12));
        assertThat(zone.validUntil()).isEqualTo(LocalDate.of(2012, 4, 15));
        assertThat(zone.sex()).isEqualTo('F');
        assertThat(zone.optional()).isEqualTo(lines == TD3 ? "ZE184226B" : "");
        assertThat(zone.toString()).doesNotContain("ERIKSSON", "1974");
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void refusesEveryMisreadFigureThatCheckDigitsCover(List<String> lines) {
        int checked = lines == TD1 ? 2 : 1;
        for (int line = lines == TD1 ? 0 : 1; line <= checked && line < lines.size(); line++) {
            for (int i = 0; i < lines.get(line).length(); i++) {
                char was = lines.get(line).charAt(i);
                boolean isCovered = was >= '0' && was <= '9';
                if (isCovered) {
                    char other = (char) ('0' + (was - '0' + 1) % 10);
                    assertThat(refusal(with(lines, line, i, other)))
                            .as("line %d, %d", line, i)
                            .startsWith("document.mrz-");
                }
            }
        }
    }

    @Test
    void saysWhichFieldIsWrong() {
        assertThat(text(with(TD3, 1, 1, '9'))).contains("document number");
        assertThat(text(with(TD3, 1, 14, '5'))).contains("date of birth");
        assertThat(text(with(TD3, 1, 22, '3'))).contains("last day");
        assertThat(text(with(TD3, 1, 30, '2'))).contains("personal number");
        assertThat(text(with(TD3, 1, 43, '1'))).contains("whole");
        assertThat(refusal(List.of("P<UTO", "L898"))).isEqualTo("document.mrz-form");
        assertThat(refusal(List.of())).isEqualTo("document.mrz-form");
        assertThat(refusal(List.of("p<uto", "x"))).isEqualTo("document.mrz-form");
    }

    @Test
    void readsNumbersOfMoreThanNineCharacters() {
        String number = "D23145890734";
        char digit = MrzCodec.checkDigit(number);
        String first = padded("I<UTO" + number.substring(0, 9) + "<" + number.substring(9) + digit + "<AB", 30);
        String whole = first.substring(5) + "7408122" + "1204159" + "<<<<<<<<<<<";
        String second = "7408122F1204159UTO<<<<<<<<<<<" + MrzCodec.checkDigit(whole);
        MachineReadableZone zone = zone(List.of(first, second, TD1.get(2)));
        assertThat(zone.number()).isEqualTo(number);
        assertThat(zone.optional()).isEqualTo("AB");
        assertThat(text(with(List.of(first, second, TD1.get(2)), 0, 15, '9'))).contains("document number");
    }

    @Test
    void knowsTheCenturyAndAnUnknownBirthday() {
        assertThat(MrzCodec.decode(TD2, LocalDate.of(2080, 1, 1))
                        .<Optional<LocalDate>>fold(read -> read.zone().dateOfBirth(), refused -> Optional.empty()))
                .contains(LocalDate.of(2074, 8, 12));
        String birth = "74<<<<";
        String second = "D231458907UTO" + birth + MrzCodec.checkDigit(birth) + "F1204159<<<<<<<";
        String whole = second.substring(0, 10) + second.substring(13, 20) + second.substring(21);
        assertThat(zone(List.of(TD2.get(0), second + MrzCodec.checkDigit(whole)))
                        .dateOfBirth())
                .isEmpty();
    }

    @Test
    void neverFailsWhateverTheLines() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("lines at random, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            List<String> lines = List.of(TD1, TD2, TD3).get(random.nextInt(3));
            for (int change = random.nextInt(8); change > 0; change--) {
                int line = random.nextInt(lines.size());
                char other = "<<<0123456789ABCZ x\n".charAt(random.nextInt(20));
                lines = with(lines, line, random.nextInt(lines.get(line).length()), other);
            }
            assertThat(MrzCodec.decode(lines, TODAY)).isNotNull();
        }
    }

    private static List<String> with(List<String> lines, int line, int at, char other) {
        List<String> changed = new ArrayList<>(lines);
        StringBuilder text = new StringBuilder(lines.get(line));
        text.setCharAt(at, other);
        changed.set(line, text.toString());
        return changed;
    }

    private static String padded(String text, int length) {
        return text + "<".repeat(length - text.length());
    }

    private static MachineReadableZone zone(List<String> lines) {
        return MrzCodec.decode(lines, TODAY).fold(MrzReading.Read::zone, refused -> {
            throw new AssertionError(refused);
        });
    }

    private static String refusal(List<String> lines) {
        return MrzCodec.decode(lines, TODAY)
                .fold(read -> "read", refused -> refused.reason().code());
    }

    private static String text(List<String> lines) {
        return MrzCodec.decode(lines, TODAY)
                .fold(read -> "read", refused -> refused.reason().text());
    }
}
