package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.KEY;
import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.RING;
import static io.gatehouse.codes.token.Fixtures.verifier;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.symbol.ErrorCorrection;
import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrWriter;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms that a pass is shown in, and what is refused of each. */
class PassFormsTest {
    private static final Presentation AT_NOON = Presentation.atDesk(NOON);

    private static IssuedPass issued() {
        return PassIssuer.create(KEY, () -> RING, () -> NOON)
                .issue(visitor().singleUse().build());
    }

    private static List<byte[]> forms(IssuedPass issued) {
        return List.of(ascii(issued.text()), ascii(issued.digits()), issued.bytes());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertRefused(byte[] payload, Step step) {
        assertThat(verifier().verify(payload, AT_NOON))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.step()).isEqualTo(step));
    }

    @Test
    void takesEachFormOfAPass() {
        IssuedPass issued = issued();
        for (byte[] form : forms(issued)) {
            assertThat(verifier().verify(form, AT_NOON)).isEqualTo(new Verified(issued.pass(), KEY.id(), ""));
        }
        assertThat(issued.text()).startsWith("GH1:");
        assertThat(issued.digits()).startsWith("7101").containsOnlyDigits();
        assertThat(issued.bytes()).startsWith('G', 'H', '1', 0);
    }

    @Test
    void keepsTheZerosThatAFormBeginsWith() {
        byte[] zeros = new byte[20];
        assertThat(new IssuedPass(visitor().build(), zeros).digits()).isEqualTo("7101" + "0".repeat(17 + 17 + 15));
    }

    /** What a pass is as text is also as digits and as bytes: version 7 with error correction M has room for each. */
    @Test
    void fitsVersionSevenInEachForm() {
        byte[] token = new byte[116];
        // Not zeros: they are digits in base45 too, which take less room.
        Arrays.fill(token, (byte) 0xFF);
        IssuedPass largest = new IssuedPass(visitor().build(), token);
        assertThat(largest.digits()).hasSizeLessThanOrEqualTo(293);
        assertThat(largest.bytes()).hasSizeLessThanOrEqualTo(122);
        QrWriter writer = QrWriter.create(new QrOptions(ErrorCorrection.M, 4, 4));
        assertThat(writer.write(largest.text()).version()).isEqualTo(7);
        assertThat(writer.write(largest.digits()).version()).isEqualTo(7);
    }

    @Test
    void doesNotTakeOneFormForAnother() {
        IssuedPass issued = issued();
        assertRefused(ascii("GH1:" + issued.digits().substring(4)), Step.DECODE);
        assertRefused(ascii("7101" + issued.text().substring(4)), Step.DECODE);
        assertRefused(ascii("GH1\0" + issued.text().substring(4)), Step.DECODE);
        assertRefused(issued.token(), Step.PREFIX);
        assertRefused(ascii("GH2:" + issued.text().substring(4)), Step.PREFIX);
        assertRefused(ascii("7102" + issued.digits().substring(4)), Step.PREFIX);
    }

    @Test
    void refusesEveryTruncationAndEveryFlippedBitOfEachForm() {
        for (byte[] form : forms(issued())) {
            for (int length = 0; length < form.length; length++) {
                assertThat(verifier().verify(Arrays.copyOf(form, length), AT_NOON))
                        .isInstanceOf(Rejected.class);
            }
            for (int bit = 0; bit < form.length * 8; bit++) {
                byte[] flipped = form.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(verifier().verify(flipped, AT_NOON)).isInstanceOf(Rejected.class);
            }
        }
    }

    @Test
    void refusesOverLongInputOfEachFormBeforeAnyWork() {
        assertRefused(ascii("GH1:" + "0".repeat(865)), Step.LENGTH);
        assertRefused(ascii("7101" + "0".repeat(1_500)), Step.LENGTH);
        byte[] bytes = Arrays.copyOf(ascii("GH1"), 4 + 577);
        assertRefused(bytes, Step.LENGTH);
        assertRefused(new byte[100_000], Step.LENGTH);
        assertRefused(ascii("GH1:" + Base45.encode(new byte[576])), Step.DECODE);
        assertRefused(Arrays.copyOf(ascii("GH1"), 4 + 576), Step.DECODE);
    }

    @Test
    void tellsNothingOfTheTokenInItsDescription() {
        IssuedPass issued = issued();
        assertThat(issued.toString())
                .doesNotContain(issued.text().substring(4, 20))
                .doesNotContain("104217");
        assertThat(issued).isEqualTo(issued()).hasSameHashCodeAs(issued());
    }
}
