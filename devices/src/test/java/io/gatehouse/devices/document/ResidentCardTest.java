package io.gatehouse.devices.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.evidence.ManualEvidence;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkException;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.sim.SimulatedResidentCardReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResidentCardTest {
    // The example of GB 11643-1999.
    private static final String NUMBER = "11010519491231002X";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
    private static final ResidentCard CARD = new ResidentCard(
            "张三丰",
            '1',
            "01",
            LocalDate.of(1949, 12, 31),
            "北京市朝阳区某某路1号",
            new ResidentIdNumber(NUMBER),
            "北京市公安局朝阳分局",
            LocalDate.of(2010, 5, 1),
            Optional.empty());

    private final Links links = Links.create();

    @Test
    void checksNumbersByGb11643() {
        assertThat(ResidentIdNumber.parse(" 11010519491231002x ")).contains(new ResidentIdNumber(NUMBER));
        ResidentIdNumber number = new ResidentIdNumber(NUMBER);
        assertThat(number.dateOfBirth()).isEqualTo(LocalDate.of(1949, 12, 31));
        assertThat(number.placeCode()).isEqualTo("110105");
        assertThat(number.toString()).doesNotContain("1949");
        assertThat(ResidentIdNumber.parse("440524188001010014")).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResidentIdNumber("110105194912310021"))
                .withMessageContaining("check character")
                .withMessageNotContaining("1949");
    }

    @Test
    void findsEveryWrongDigitAndEveryTwoThatChangedPlaces() {
        for (int i = 0; i < 17; i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                StringBuilder wrong = new StringBuilder(NUMBER);
                wrong.setCharAt(i, digit);
                assertThat(ResidentIdNumber.parse(wrong.toString()).isPresent())
                        .as("%d to %s", i, digit)
                        .isEqualTo(NUMBER.charAt(i) == digit);
            }
            if (i > 0 && NUMBER.charAt(i) != NUMBER.charAt(i - 1)) {
                StringBuilder swapped = new StringBuilder(NUMBER);
                swapped.setCharAt(i, NUMBER.charAt(i - 1));
                swapped.setCharAt(i - 1, NUMBER.charAt(i));
                assertThat(ResidentIdNumber.parse(swapped.toString()))
                        .as("at %d", i)
                        .isEmpty();
            }
        }
        String noDay = "11010519490231002";
        assertThat(ResidentIdNumber.parse(noDay + ResidentIdNumber.check(noDay)))
                .as("no such day")
                .isEmpty();
    }

    @Test
    @DisplayName("REG-4 the guard's word has of the card only that it was checked")
    void givesEvidenceWithoutPersonalData() {
        ManualEvidence evidence =
                CARD.evidence(PersonId.of("guard"), PersonId.of("visitor-7"), DAY, Instant.EPOCH, "desk");
        assertThat(evidence.note()).contains("check character right, valid").doesNotContain("张", "1101");
        ResidentCard expired = new ResidentCard(
                CARD.name(),
                '1',
                "01",
                LocalDate.of(1950, 1, 1),
                "",
                CARD.number(),
                "",
                CARD.validFrom(),
                Optional.of(LocalDate.of(2020, 5, 1)));
        assertThat(expired.evidence(PersonId.of("guard"), PersonId.of("v"), DAY, Instant.EPOCH, "desk")
                        .note())
                .contains("not valid on 2026-11-25", "differs from that in its number");
        assertThat(expired.isValidOn(LocalDate.of(2020, 5, 1))).isTrue();
        assertThat(CARD.toString()).isEqualTo("ResidentCard[redacted]");
    }

    @Test
    void writesTheCommandsThatReadersKnow() {
        assertThat(HexFormat.of().formatHex(new SdtFrame(new byte[] {0x20, 1}).toBytes()))
                .isEqualTo("aaaaaa96690003200122");
        assertThat(HexFormat.of().formatHex(new SdtFrame(new byte[] {0x30, 1}).toBytes()))
                .isEqualTo("aaaaaa96690003300132");
    }

    @Test
    @DisplayName("REG-4 a card is read over its reader's protocol, and what goes wrong is said")
    void readsACardAndSaysWhatIsWrong() throws Exception {
        try (ResidentCardReader reader = ResidentCardReader.on(links.open("mem:id"), Duration.ofSeconds(20));
                SimulatedResidentCardReader desk = SimulatedResidentCardReader.on(links.open("mem:id"))) {
            assertThat(reader.read()).isEqualTo(new DocumentReading.Nothing());
            byte[] text = ResidentCardCodec.encode(CARD);
            desk.layOn(text);
            assertThat(reader.read()).isEqualTo(new DocumentReading.Read(CARD));
            byte[] wrong = text.clone();
            wrong[2 * (15 + 1 + 2 + 8 + 35 + 17)] = '3';
            desk.layOn(wrong);
            assertThat(code(reader.read())).as("its check character is wrong").isEqualTo("document.card");
            desk.layOn(Arrays.copyOf(text, 255));
            assertThat(code(reader.read())).isEqualTo("document.garbled");
            desk.layOn(text);
            desk.refuseToRead(0x41);
            assertThat(code(reader.read())).isEqualTo("document.card");
            desk.refuseToRead(0x33);
            assertThat(code(reader.read())).isEqualTo("document.status");
            desk.refuseToRead(0);
            desk.takeOff();
            assertThat(reader.read()).isEqualTo(new DocumentReading.Nothing());
        }
    }

    @Test
    void saysThatNobodyAnswersOrThatTheLineIsBad() throws Exception {
        try (ResidentCardReader reader = ResidentCardReader.on(links.open("mem:id"), Duration.ofMillis(1))) {
            try (Link other = links.open("mem:id")) {
                assertThat(other.url()).isEqualTo("mem:id");
                assertThat(code(reader.read())).isEqualTo("document.no-answer");
            }
            assertThatThrownBy(reader::read).isInstanceOf(LinkException.class);
        }
    }

    @Test
    void refusesEveryFlippedBitAndCutAndNeverFails() {
        byte[] bytes = new SdtFrame(new byte[] {0, 0, (byte) 0x90, 1, 2, 3}).toBytes();
        assertThat(SdtFrame.parse(bytes)).contains(new SdtFrame(new byte[] {0, 0, (byte) 0x90, 1, 2, 3}));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(SdtFrame.parse(flipped)).as("bit %d", bit).isEmpty();
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(SdtFrame.progress(Arrays.copyOf(bytes, length))).isEqualTo(SdtFrame.Progress.MORE);
        }
        long seed = new SplittableRandom().nextLong();
        System.out.println("cards at random, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] card = ResidentCardCodec.encode(CARD);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = card.clone();
            for (int change = random.nextInt(6); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertThat(ResidentCardCodec.decode(changed)).isNotNull();
        }
    }

    private static String code(DocumentReading reading) {
        return reading.fold(
                read -> "read",
                () -> "nothing",
                unreadable -> unreadable.reason().code());
    }
}
