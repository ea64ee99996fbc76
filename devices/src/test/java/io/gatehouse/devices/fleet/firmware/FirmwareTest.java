package io.gatehouse.devices.fleet.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FirmwareTest {
    private static final KeyPair MAKER = keyPair();
    private static final FirmwareVersion OLD = FirmwareVersion.parse("1.4.0");
    private static final FirmwareVersion NEW = FirmwareVersion.parse("2.1.0");
    private static final FirmwareImage IMAGE =
            new FirmwareImage("scanner", NEW, FirmwareVersion.parse("1.2.0"), new byte[] {1, 2, 3, 4, 5});

    private final FirmwareVerifier verifier = FirmwareVerifier.create(List.of(MAKER.getPublic()));
    private final FirmwareUpdater updater = FirmwareUpdater.create(verifier);
    private final Scanner scanner = new Scanner();

    @Test
    @DisplayName("ENT-20 ATT-19 firmware that the maker signed is installed, and the device says that it runs")
    void installsWhatTheMakerSigned() {
        assertThat(updater.update(scanner, signed(IMAGE))).isEqualTo(new FirmwareOutcome.Updated(OLD, NEW));
        assertThat(scanner.payload).isEqualTo(IMAGE.payload());
    }

    @Test
    @DisplayName(
            "ENT-20 an image that is altered in any byte, cut anywhere, or signed by another key touches no device")
    void refusesWhatIsNotSigned() {
        long seed = new Random().nextLong();
        System.out.println("FirmwareTest seed " + seed);
        Random random = new Random(seed);
        byte[] whole = signed(IMAGE);
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(code(updater.update(scanner, altered)))
                    .as("byte %d, seed %d", at, seed)
                    .isEqualTo("firmware.not-signed");
            assertThat(code(updater.update(scanner, Arrays.copyOf(whole, at)))).startsWith("firmware.");
        }
        byte[] others = FirmwareSigner.create(keyPair().getPrivate()).sign(IMAGE);
        assertThat(code(updater.update(scanner, others))).isEqualTo("firmware.not-signed");
        assertThat(scanner.staged).isNull();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(code(updater.update(scanner, signed(image("camera", "2.1.0", "1.0.0")))))
                .isEqualTo("firmware.other-kind");
        assertThat(code(updater.update(scanner, signed(image("scanner", "1.4.0", "1.0.0")))))
                .as("an old image that was signed once is not signed again")
                .isEqualTo("firmware.not-newer");
        assertThat(code(updater.update(scanner, signed(image("scanner", "1.3.9", "1.0.0")))))
                .isEqualTo("firmware.not-newer");
        assertThat(code(updater.update(scanner, signed(image("scanner", "3.0.0", "2.0.0")))))
                .isEqualTo("firmware.too-far");
        assertThat(scanner.staged).isNull();
    }

    @Test
    @DisplayName("ENT-20 firmware that does not start, or does not do its work, is rolled back")
    void rollsBack() {
        scanner.fault = Fault.STARTS_NOT;
        assertThat(updater.update(scanner, signed(IMAGE)))
                .isInstanceOfSatisfying(FirmwareOutcome.RolledBack.class, outcome -> {
                    assertThat(outcome.running()).isEqualTo(OLD);
                    assertThat(outcome.reason().code()).isEqualTo("firmware.no-answer");
                });
        scanner.fault = Fault.WORKS_NOT;
        assertThat(code(updater.update(scanner, signed(IMAGE)))).isEqualTo("firmware.not-healthy");
        scanner.fault = Fault.IGNORES;
        assertThat(code(updater.update(scanner, signed(IMAGE)))).isEqualTo("firmware.not-running");
        assertThat(scanner.running).isEqualTo(OLD);
    }

    @Test
    void saysThatNobodyKnowsWhatRunsIfItDoesNotGoBackEither() {
        scanner.fault = Fault.DIES;
        assertThat(updater.update(scanner, signed(IMAGE))).isInstanceOf(FirmwareOutcome.Uncertain.class);
        assertThat(code(updater.update(scanner, signed(IMAGE))))
                .as("a device that is dead takes nothing")
                .isEqualTo("firmware.not-taken");
    }

    @Test
    void takesTheNextKeyBesideTheOld() {
        KeyPair next = keyPair();
        FirmwareVerifier both = FirmwareVerifier.create(List.of(MAKER.getPublic(), next.getPublic()));
        byte[] bytes = FirmwareSigner.create(next.getPrivate()).sign(IMAGE);
        assertThat(both.verify(bytes)).isEqualTo(new FirmwareCheck.Trusted(IMAGE));
        assertThat(verifier.verify(bytes)).isInstanceOf(FirmwareCheck.Untrusted.class);
    }

    @Test
    void refusesVersionsAndImagesThatAreNone() {
        for (String text : List.of("", "1", "1.2", "1.2.3.4", "1.2.x", "-1.2.3", "1.2.70000", " 1.2.3")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> FirmwareVersion.parse(text));
        }
        assertThat(FirmwareVersion.parse("1.10.0")).isGreaterThan(FirmwareVersion.parse("1.9.9"));
        assertThatIllegalArgumentException().isThrownBy(() -> image("scanner", "1.0.0", "1.0.0"));
        assertThatIllegalArgumentException().isThrownBy(() -> image("Scanner!", "2.0.0", "1.0.0"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FirmwareImage("scanner", NEW, OLD, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> FirmwareVerifier.create(List.of()));
    }

    @FuzzTest(maxDuration = "10s")
    void decodesOrRefusesAnyBytes(byte[] bytes) {
        try {
            FirmwareImage image = ImageCodec.decode(bytes);
            assertThat(ImageCodec.decode(ImageCodec.encode(image))).isEqualTo(image);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static FirmwareImage image(String kind, String version, String requires) {
        return new FirmwareImage(kind, FirmwareVersion.parse(version), FirmwareVersion.parse(requires), new byte[] {9});
    }

    private static byte[] signed(FirmwareImage image) {
        return FirmwareSigner.create(MAKER.getPrivate()).sign(image);
    }

    private static String code(FirmwareOutcome outcome) {
        return outcome.fold(
                        updated -> Reason.of("test.updated", "It was updated."),
                        FirmwareOutcome.Refused::reason,
                        FirmwareOutcome.RolledBack::reason,
                        FirmwareOutcome.Uncertain::reason)
                .code();
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private enum Fault {
        NONE,
        STARTS_NOT,
        WORKS_NOT,
        IGNORES,
        DIES
    }

    /** A device with room for two images. */
    private static final class Scanner implements FirmwarePort {
        private Fault fault = Fault.NONE;
        private FirmwareVersion running = OLD;
        private byte[] payload = {};
        private boolean isUp = true;
        private boolean isNew;
        private @Nullable FirmwareImage staged;

        @Override
        public String kind() {
            return "scanner";
        }

        @Override
        public FirmwareVersion running() throws IOException {
            if (!isUp) {
                throw new IOException("no answer");
            }
            return running;
        }

        @Override
        public void stage(FirmwareImage image) {
            staged = image;
        }

        @Override
        public void activate() {
            FirmwareImage next = staged;
            if (fault == Fault.IGNORES || next == null) {
                return;
            }
            running = next.version();
            payload = next.payload();
            isNew = true;
            isUp = fault != Fault.STARTS_NOT && fault != Fault.DIES;
        }

        @Override
        public boolean isHealthy() {
            return !(isNew && fault == Fault.WORKS_NOT);
        }

        @Override
        public void rollBack() throws IOException {
            if (fault == Fault.DIES) {
                throw new IOException("x".repeat(5_000));
            }
            running = OLD;
            isNew = false;
            isUp = true;
        }
    }
}
