package io.gatehouse.codes.rolling;

import static io.gatehouse.codes.rolling.RollingFixtures.FIVE;
import static io.gatehouse.codes.rolling.RollingFixtures.ISSUER;
import static io.gatehouse.codes.rolling.RollingFixtures.NOON;
import static io.gatehouse.codes.rolling.RollingFixtures.OPTIONS;
import static io.gatehouse.codes.rolling.RollingFixtures.PASSES;
import static io.gatehouse.codes.rolling.RollingFixtures.PHONE;
import static io.gatehouse.codes.rolling.RollingFixtures.RING;
import static io.gatehouse.codes.rolling.RollingFixtures.bound;
import static io.gatehouse.codes.rolling.RollingFixtures.employee;
import static io.gatehouse.codes.rolling.RollingFixtures.holder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.codes.clock.ClockWatch;
import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.codes.token.PassIssuer;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.Presentation;
import io.gatehouse.codes.token.Verification;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HolderVerifierTest {
    private final StepRegister register = new RollingFixtures.Memory();
    private final HolderVerifier verifier = HolderVerifier.create(PASSES, register, RollingStep.STANDARD);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Verification verify(ShownCode code, Instant at) {
        return verifier.verify(ascii(code.text()), Presentation.atDesk(at));
    }

    private static void assertRejected(Verification verification, Step step, String code) {
        assertThat(verification).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.step()).isEqualTo(step);
            assertThat(rejected.reason().code()).isEqualTo(code);
        });
    }

    @Test
    void takesTheCodeOfThisMomentInEachForm() {
        ShownCode shown = holder().at(NOON);
        for (byte[] form : List.of(ascii(shown.text()), ascii(shown.digits()), shown.bytes())) {
            HolderVerifier gate = HolderVerifier.create(PASSES, new RollingFixtures.Memory(), RollingStep.STANDARD);
            assertThat(gate.verify(form, Presentation.atDesk(NOON)))
                    .isEqualTo(new Verified(bound().pass(), ISSUER.id(), ""));
        }
    }

    @Test
    @DisplayName("ENT-6 a screenshot is refused 45 seconds after it could first be shown at the latest")
    void refusesAScreenshotAfterThreeSteps() {
        ShownCode screenshot = holder().at(NOON);
        assertRejected(verify(screenshot, NOON.plusSeconds(30)), Step.FRESHNESS, "code.stale");
        assertRejected(verify(screenshot, NOON.minusSeconds(16)), Step.FRESHNESS, "code.ahead");
        assertThat(verify(screenshot, NOON.plusSeconds(29))).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("ENT-6 a code that was shown is refused")
    void refusesACodeThatWasTaken() {
        ShownCode shown = holder().at(NOON);
        assertThat(verify(shown, NOON)).isInstanceOf(Verified.class);
        assertRejected(verify(shown, NOON.plusSeconds(1)), Step.REPLAY, "code.replayed");
        Instant back = NOON.minusSeconds(300);
        assertRejected(verify(holder().at(back), back), Step.REPLAY, "code.replayed");
        Instant next = NOON.plusSeconds(15);
        assertThat(verify(holder().at(next), next)).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("ENT-6 whoever copies the pass but has not the phone is refused")
    void refusesAnotherPhonesSignature() {
        byte[] code = holder().at(NOON).bytes();
        byte[] message = HolderPass.message(bound().pass().id(), RollingStep.STANDARD, RollingStep.STANDARD.of(NOON));
        byte[] forged =
                ByteBuffer.wrap(code.clone()).put(8, ISSUER.sign(message)).array();
        assertRejected(verifier.verify(forged, Presentation.atDesk(NOON)), Step.HOLDER, "code.holder-signature");
        assertThatIllegalStateException()
                .isThrownBy(() -> HolderPass.of(bound(), RollingStep.STANDARD, ISSUER::sign)
                        .at(NOON));
    }

    @Test
    void refusesAnOldSignatureUnderANewStep() {
        byte[] code = holder().at(NOON.minusSeconds(900)).bytes();
        byte[] forged = ByteBuffer.wrap(code.clone())
                .putInt(4, (int) RollingStep.STANDARD.of(NOON))
                .array();
        assertRejected(verifier.verify(forged, Presentation.atDesk(NOON)), Step.HOLDER, "code.holder-signature");
    }

    @Test
    void refusesACodeOfAnotherLengthOfSteps() {
        ShownCode other = HolderPass.of(bound(), RollingStep.SHORT, PHONE::sign).at(NOON);
        assertRejected(verify(other, NOON), Step.HOLDER, "code.holder-signature");
    }

    @Test
    void refusesAPassThatIsNotBoundToAPhone() {
        IssuedPass unbound = PassIssuer.create(ISSUER, () -> RING, () -> NOON)
                .issue(employee().build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HolderPass.of(unbound, RollingStep.STANDARD, PHONE::sign));
        byte[] code = ByteBuffer.allocate(4 + HolderPass.HEAD + unbound.token().length)
                .put(ascii("GH3\0"))
                .position(4 + HolderPass.HEAD)
                .put(unbound.token())
                .array();
        assertRejected(verifier.verify(code, Presentation.atDesk(NOON)), Step.HOLDER, "code.holder-key");
    }

    @Test
    void refusesWhatThePassIsRefusedForBeforeItLooksAtThePhone() {
        Instant closed = FIVE.plus(OPTIONS.skew());
        assertRejected(verify(holder().at(closed), closed), Step.VALIDITY, "code.expired");
        ClockWatch watch = ClockWatch.create(NOON, Duration.ofSeconds(5), () -> 0);
        HolderVerifier doubtful = HolderVerifier.create(
                PassVerifier.create(() -> RING, OPTIONS.withClock(watch)), register, RollingStep.STANDARD);
        assertRejected(
                doubtful.verify(holder().at(NOON).bytes(), Presentation.atDesk(NOON)), Step.CLOCK, "clock.unconfirmed");
    }

    @Test
    void takesThePhonesThatHaveOnlyP256() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
        byte[] x = key.getW().getAffineX().toByteArray();
        int length = Math.min(32, x.length);
        System.arraycopy(x, x.length - length, compressed, 33 - length, length);
        IssuedPass issued = PassIssuer.create(ISSUER, () -> RING, () -> NOON)
                .issue(employee()
                        .holderKey(HolderKey.of(KeyKind.P256, compressed))
                        .build());
        HolderPass pass = HolderPass.of(issued, RollingStep.STANDARD, message -> sign(pair, message));
        assertThat(verify(pass.at(NOON), NOON)).isInstanceOf(Verified.class);
    }

    private static byte[] sign(KeyPair pair, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesEveryTruncationAndEveryFlippedBit() {
        byte[] code = holder().at(NOON).bytes();
        for (int length = 0; length < code.length; length++) {
            assertThat(verifier.verify(Arrays.copyOf(code, length), Presentation.atDesk(NOON)))
                    .isInstanceOf(Rejected.class);
        }
        for (int bit = 0; bit < code.length * 8; bit++) {
            byte[] flipped = code.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(verifier.verify(flipped, Presentation.atDesk(NOON))).isInstanceOf(Rejected.class);
        }
        assertRejected(verifier.verify(new byte[100_000], Presentation.atDesk(NOON)), Step.LENGTH, "code.too-long");
    }
}
