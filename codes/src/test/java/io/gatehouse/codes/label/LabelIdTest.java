package io.gatehouse.codes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelIdTest {
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    @Test
    void hasTheCheckCharacterOfIso7064() {
        // The example of the standard's MOD 37,36 in the global release identifier (ISO 27730 family):
        // A12425GABC1234002 and M.
        assertThat(LabelId.of("A12425GABC1234002").value()).isEqualTo("A12425GABC1234002M");
        assertThat(LabelId.numbered("G", 42, 6).value()).startsWith("G000042").hasSize(8);
        assertThat(LabelId.parse(" a12425-gabc1234002 m")).contains(new LabelId("A12425GABC1234002M"));
    }

    @Test
    void findsEveryWrongCharacterAndNearlyAllThatChangedPlaces() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("label numbers, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int swaps = 0;
        int unnoticed = 0;
        for (int round = 0; round < 200; round++) {
            StringBuilder body = new StringBuilder();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                body.append(CHARACTERS.charAt(random.nextInt(36)));
            }
            String value = LabelId.of(body.toString()).value();
            for (int i = 0; i < value.length(); i++) {
                for (int j = 0; j < CHARACTERS.length(); j++) {
                    char other = CHARACTERS.charAt(j);
                    StringBuilder wrong = new StringBuilder(value);
                    wrong.setCharAt(i, other);
                    assertThat(LabelId.parse(wrong.toString()).isPresent())
                            .as("%s with %s at %d", value, other, i)
                            .isEqualTo(value.charAt(i) == other);
                }
                if (i > 0 && value.charAt(i) != value.charAt(i - 1)) {
                    StringBuilder swapped = new StringBuilder(value);
                    swapped.setCharAt(i, value.charAt(i - 1));
                    swapped.setCharAt(i - 1, value.charAt(i));
                    swaps++;
                    unnoticed += LabelId.parse(swapped.toString()).isPresent() ? 1 : 0;
                }
            }
        }
        assertThat(unnoticed).as("of %d that changed places", swaps).isLessThan(swaps / 50);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelId("A12425GABC1234002N"))
                .withMessageContaining("should be M");
        assertThatIllegalArgumentException().isThrownBy(() -> LabelId.of("a"));
        assertThatIllegalArgumentException().isThrownBy(() -> LabelId.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> LabelId.of("A".repeat(33)));
        assertThatIllegalArgumentException().isThrownBy(() -> LabelId.numbered("G", -1, 6));
        assertThat(LabelId.parse("")).isEmpty();
        assertThat(LabelId.parse("汉字")).isEmpty();
    }
}
