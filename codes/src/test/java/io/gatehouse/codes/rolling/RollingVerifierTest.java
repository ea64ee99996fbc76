package io.gatehouse.codes.rolling;

import static io.gatehouse.codes.rolling.RollingFixtures.FIVE;
import static io.gatehouse.codes.rolling.RollingFixtures.MASTER;
import static io.gatehouse.codes.rolling.RollingFixtures.NINE;
import static io.gatehouse.codes.rolling.RollingFixtures.NOON;
import static io.gatehouse.codes.rolling.RollingFixtures.OPTIONS;
import static io.gatehouse.codes.rolling.RollingFixtures.PASSES;
import static io.gatehouse.codes.rolling.RollingFixtures.RING;
import static io.gatehouse.codes.rolling.RollingFixtures.SITE;
import static io.gatehouse.codes.rolling.RollingFixtures.employee;
import static io.gatehouse.codes.rolling.RollingFixtures.rolling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.codes.clock.ClockWatch;
import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.symbol.ErrorCorrection;
import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrWriter;
import io.gatehouse.codes.token.HolderReference;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.PassIdentifier;
import io.gatehouse.codes.token.PassType;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.Presentation;
import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.codes.token.Verification;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.codes.token.ZoneGrant;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingVerifierTest {
    @TempDir
    private Path folder;

    private final StepRegister register = new RollingFixtures.Memory();
    private final RollingVerifier verifier =
            RollingVerifier.create(() -> List.of(SITE), PASSES, register, RollingStep.STANDARD);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Verification verify(RollingVerifier verifier, ShownCode code, Instant at) {
        return verifier.verify(ascii(code.text()), Presentation.atDesk(at));
    }

    private static void assertRejected(Verification verification, Step step, String code) {
        assertThat(verification).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.step()).isEqualTo(step);
            assertThat(rejected.reason().code()).isEqualTo(code);
        });
    }

    private static RollingVerifier fresh(List<SiteSecret> secrets, PassVerifier passes) {
        return RollingVerifier.create(() -> secrets, passes, new RollingFixtures.Memory(), RollingStep.STANDARD);
    }

    @Test
    void takesTheCodeOfThisMomentInEachForm() {
        Verified expected = new Verified(employee().build(), SITE.id(), "");
        ShownCode shown = rolling().at(NOON);
        assertThat(shown.until()).isEqualTo(NOON.plusSeconds(15));
        for (byte[] form : List.of(ascii(shown.text()), ascii(shown.digits()), shown.bytes())) {
            assertThat(fresh(List.of(SITE), PASSES).verify(form, Presentation.atDesk(NOON)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void fitsAQrCodeOfVersionThreeWithErrorCorrectionM() {
        Pass ordinary = Pass.builder(
                        StatusReference.of(65_535, 16_777_215), PassType.EMPLOYEE, HolderReference.of("4294967295"))
                .valid(NINE, Instant.ofEpochSecond(0xFFFF_FFFFL))
                .zones(new ZoneGrant(23, List.of(0, 15)))
                .build();
        String text = SITE.rollingPass(ordinary, RollingStep.STANDARD).at(NOON).text();
        assertThat(text).hasSizeLessThanOrEqualTo(61);
        assertThat(QrWriter.create(new QrOptions(ErrorCorrection.M, 4, 4))
                        .write(text)
                        .version())
                .isEqualTo(3);
    }

    @Test
    @DisplayName(
            "ENT-6 a screenshot is refused 45 seconds after it could first be shown at the latest, 15 with short steps")
    void refusesAScreenshotAfterThreeSteps() {
        for (RollingStep step : List.of(RollingStep.STANDARD, RollingStep.SHORT)) {
            ShownCode screenshot = SITE.rollingPass(employee().build(), step).at(NOON);
            Instant earliest = NOON.minusSeconds(step.seconds());
            Instant last = NOON.plusSeconds(2L * step.seconds()).minusMillis(1);
            for (Instant at : List.of(earliest, NOON, last)) {
                RollingVerifier gate =
                        RollingVerifier.create(() -> List.of(SITE), PASSES, new RollingFixtures.Memory(), step);
                assertThat(verify(gate, screenshot, at)).isInstanceOf(Verified.class);
            }
            RollingVerifier gate =
                    RollingVerifier.create(() -> List.of(SITE), PASSES, new RollingFixtures.Memory(), step);
            Rejected stale = (Rejected) verify(gate, screenshot, last.plusMillis(1));
            assertThat(stale.step()).isEqualTo(Step.FRESHNESS);
            assertThat(stale.reason().toString()).startsWith("code.stale").contains(2 * step.seconds() + " s ago");
            assertRejected(verify(gate, screenshot, earliest.minusMillis(1)), Step.FRESHNESS, "code.ahead");
            assertRejected(verify(gate, screenshot, NOON.plusSeconds(3_600)), Step.SIGNATURE, "code.signature");
        }
    }

    @Test
    @DisplayName(
            "ENT-6 a code that was shown is refused at every gate that shares the register, and so is an older one")
    void refusesACodeThatWasTaken() {
        ShownCode before = rolling().at(NOON.minusSeconds(15));
        ShownCode now = rolling().at(NOON);
        RollingVerifier other = RollingVerifier.create(() -> List.of(SITE), PASSES, register, RollingStep.STANDARD);
        assertThat(verify(verifier, now, NOON)).isInstanceOf(Verified.class);
        assertRejected(verify(verifier, now, NOON.plusSeconds(1)), Step.REPLAY, "code.replayed");
        assertRejected(verify(other, now, NOON.plusSeconds(1)), Step.REPLAY, "code.replayed");
        assertRejected(verify(other, before, NOON.plusSeconds(1)), Step.REPLAY, "code.replayed");
        assertThat(verify(other, rolling().at(NOON.plusSeconds(15)), NOON.plusSeconds(15)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void doesNotUseUpACodeThatIsRefusedForAnotherReason() {
        Instant closed = FIVE.plus(OPTIONS.skew());
        assertRejected(verify(verifier, rolling().at(closed), closed), Step.VALIDITY, "code.expired");
        assertThat(verify(verifier, rolling().at(NOON), NOON)).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("a clock that goes back takes no code again")
    void refusesAReplayByAClockThatWentBack() {
        assertThat(verify(verifier, rolling().at(NOON), NOON)).isInstanceOf(Verified.class);
        Instant back = NOON.minusSeconds(600);
        assertRejected(verify(verifier, rolling().at(back), back), Step.REPLAY, "code.replayed");
    }

    @Test
    void refusesEveryCodeWhileTheClockIsNotBelievedOrWentBack() {
        AtomicLong nanos = new AtomicLong();
        ClockWatch watch = ClockWatch.create(NINE, Duration.ofSeconds(5), nanos::get);
        RollingVerifier gate = fresh(List.of(SITE), PassVerifier.create(() -> RING, OPTIONS.withClock(watch)));
        assertRejected(verify(gate, rolling().at(NOON), NOON), Step.CLOCK, "clock.unconfirmed");
        assertThat(watch.confirm(NOON)).isEmpty();
        assertThat(verify(gate, rolling().at(NOON), NOON)).isInstanceOf(Verified.class);
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        Instant back = NOON.plusSeconds(60);
        assertRejected(verify(gate, rolling().at(back), back), Step.CLOCK, "clock.went-back");
    }

    @Test
    void refusesWhatThePassIsNotFor() {
        PassVerifier revoking = PassVerifier.create(
                () -> RING,
                OPTIONS.withStatuses((status, at) -> Optional.of(Reason.of("code.revoked", "Taken back."))));
        assertRejected(
                verify(fresh(List.of(SITE), revoking), rolling().at(NOON), NOON), Step.REVOCATION, "code.revoked");
        RollingPass label = SITE.rollingPass(
                Pass.builder(StatusReference.of(1, 1), PassType.GOODS_LABEL, HolderReference.of("1"))
                        .valid(NINE, FIVE)
                        .build(),
                RollingStep.STANDARD);
        assertRejected(verify(verifier, label.at(NOON), NOON), Step.TYPE, "code.wrong-type");
    }

    @Test
    void refusesASecretThatThisGateDoesNotTakeOrTakesNoLonger() {
        SiteSecret next = MASTER.siteSecret(KeyId.of(0x0202), "north-works");
        ShownCode old = rolling().at(NOON);
        ShownCode renewed =
                next.rollingPass(employee().build(), RollingStep.STANDARD).at(NOON);
        assertThat(verify(fresh(List.of(SITE, next), PASSES), old, NOON)).isInstanceOf(Verified.class);
        assertThat(verify(fresh(List.of(SITE, next), PASSES), renewed, NOON)).isInstanceOf(Verified.class);
        assertRejected(verify(fresh(List.of(next), PASSES), old, NOON), Step.KEY, "code.unknown-key");
    }

    @Test
    void refusesACodeOfAnotherSiteUnderThisSitesId() {
        SiteSecret elsewhere = MASTER.siteSecret(SITE.id(), "south-works");
        ShownCode code =
                elsewhere.rollingPass(employee().build(), RollingStep.STANDARD).at(NOON);
        assertRejected(verify(verifier, code, NOON), Step.SIGNATURE, "code.signature");
    }

    @Test
    @DisplayName("a phone that has a pass's secret cannot say anything else with it")
    void refusesAPassThatThePhoneChanged() {
        RollingPass mine = rolling();
        Pass better = employee().zones(new ZoneGrant(1, List.of(0, 1, 2, 3))).build();
        RollingPass forged = RollingPass.of(mine.siteSecret(), better, RollingStep.STANDARD, mine.exportSecret());
        assertRejected(verify(verifier, forged.at(NOON), NOON), Step.SIGNATURE, "code.signature");
    }

    @Test
    void refusesACodeOfAnotherLengthOfSteps() {
        RollingPass other = SITE.rollingPass(employee().build(), RollingStep.SHORT);
        assertRejected(verify(verifier, other.at(NOON), NOON), Step.SIGNATURE, "code.signature");
    }

    @Test
    void refusesWhereTheRegisterCannotAnswer() {
        StepRegister broken = (pass, start, until) -> {
            throw new IOException("no disk");
        };
        RollingVerifier gate = RollingVerifier.create(() -> List.of(SITE), PASSES, broken, RollingStep.STANDARD);
        assertRejected(verify(gate, rolling().at(NOON), NOON), Step.REPLAY, "code.replay-unknown");
    }

    @Test
    void refusesEveryTruncationAndEveryFlippedBitOfEachForm() {
        ShownCode shown = rolling().at(NOON);
        for (byte[] form : List.of(ascii(shown.text()), ascii(shown.digits()), shown.bytes())) {
            for (int length = 0; length < form.length; length++) {
                assertThat(verifier.verify(Arrays.copyOf(form, length), Presentation.atDesk(NOON)))
                        .isInstanceOf(Rejected.class);
            }
            for (int bit = 0; bit < form.length * 8; bit++) {
                byte[] flipped = form.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(verifier.verify(flipped, Presentation.atDesk(NOON))).isInstanceOf(Rejected.class);
            }
        }
        assertRejected(
                verifier.verify(ascii("GH2:" + "0".repeat(5_000)), Presentation.atDesk(NOON)),
                Step.LENGTH,
                "code.too-long");
        assertRejected(verifier.verify(ascii("GH1:AAAA"), Presentation.atDesk(NOON)), Step.PREFIX, "code.prefix");
    }

    @Test
    void standsAtAGateBesideOtherKindsOfCodes() {
        Verification.Verifier all =
                PASSES.or(verifier).or(HolderVerifier.create(PASSES, register, RollingStep.STANDARD));
        assertThat(all.verify(ascii(rolling().at(NOON).text()), Presentation.atDesk(NOON)))
                .isInstanceOf(Verified.class);
        Instant later = NOON.plusSeconds(60);
        assertThat(all.verify(ascii(RollingFixtures.holder().at(later).text()), Presentation.atDesk(later)))
                .isInstanceOf(Verified.class);
        assertRejected(all.verify(ascii("hello"), Presentation.atDesk(NOON)), Step.PREFIX, "code.prefix");
        assertRejected(
                all.verify(RollingFixtures.bound().bytes(), Presentation.atDesk(NOON)),
                Step.HOLDER,
                "code.holder-missing");
        assertThat(PassIdentifier.create(all)).isNotNull();
    }

    @Test
    void carriesNoHoldersKey() {
        Pass bound = employee()
                .holderKey(HolderKey.of(
                        KeyKind.ED25519, RollingFixtures.PHONE.issuerKey().publicKey()))
                .build();
        assertThatIllegalArgumentException().isThrownBy(() -> SITE.rollingPass(bound, RollingStep.STANDARD));
    }

    @Test
    void tellsNothingOfItsSecretsAndKeepsThemSealed() throws Exception {
        String secret = HexFormat.of().formatHex(SITE.exportSecret());
        assertThat("" + MASTER + SITE + rolling() + rolling().at(NOON))
                .doesNotContain(secret)
                .doesNotContain("104217")
                .doesNotContain(rolling().at(NOON).text().substring(4, 20));
        try (Store store = Stores.open(folder.resolve("gate.db"));
                KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(folder.resolve("outer.key"));
                StoreVault vault = StoreVault.open(store, outer, () -> NOON)) {
            SiteSecret opened = SiteSecret.ofSealed(SITE.id(), vault, SITE.seal(vault));
            assertThat(opened.exportSecret()).isEqualTo(SITE.exportSecret());
            RollingMaster master = RollingMaster.ofSealed(vault, MASTER.seal(vault));
            assertThat(master.siteSecret(SITE.id(), "north-works").exportSecret())
                    .isEqualTo(SITE.exportSecret());
            assertThatIOException().isThrownBy(() -> SiteSecret.ofSealed(KeyId.of(9), vault, SITE.seal(vault)));
        }
        assertThat(RollingMaster.generate(new SecureRandom())
                        .siteSecret(SITE.id(), "north-works")
                        .exportSecret())
                .isNotEqualTo(SITE.exportSecret());
    }

    @Test
    void refusesStepsAndNamesThatMakeNoSense() {
        for (int seconds : new int[] {-1, 0, 1, 61}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RollingStep(seconds));
        }
        for (String site : new String[] {"", "x".repeat(129)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> MASTER.siteSecret(KeyId.of(1), site));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SiteSecret.of(KeyId.of(1), new byte[31]));
    }
}
