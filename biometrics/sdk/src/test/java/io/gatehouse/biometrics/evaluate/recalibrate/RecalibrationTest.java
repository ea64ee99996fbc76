package io.gatehouse.biometrics.evaluate.recalibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.evaluate.CalibratorOptions;
import io.gatehouse.biometrics.evaluate.Comparisons;
import io.gatehouse.biometrics.evaluate.Proportion;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecalibrationTest {
    private static final PersonId ENGINEER = PersonId.of("engineer");
    private static final PersonId OFFICER = PersonId.of("officer");
    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T08:00:00Z");
    private static final ModelPack PACK = ModelPack.loadDefault();

    private final Map<String, String> groups = new HashMap<>();
    private final KeyPair keys = ed25519();

    @TempDir
    Path folder;

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** People of the group "north" look more alike to this camera than the others. */
    private Comparisons sample(int people) {
        Random random = new Random(4);
        Comparisons.Builder builder = Comparisons.builder();
        for (int i = 0; i < people; i++) {
            groups.put("p" + i, i % 3 == 0 ? "north" : "south");
            for (int j = i + 1; j < people; j++) {
                double nearer = i % 3 == 0 && j % 3 == 0 ? 0.06 : 0;
                builder.add("p" + i, "p" + j, Math.max(0.01, 0.75 - nearer + 0.07 * random.nextGaussian()));
            }
            builder.add("p" + i, "p" + i, Math.max(0.01, 0.4 + 0.08 * random.nextGaussian()));
        }
        return builder.build();
    }

    private ThresholdProposal proposal() {
        Recalibration recalibration = Recalibration.of(PACK.id(), 0.6, CalibratorOptions.DEFAULT);
        return recalibration
                .propose(sample(300), groups, 1e-3, "visitors of March", ENGINEER, MONDAY)
                .fold(Recalibration.Proposed::proposal, refused -> {
                    throw new AssertionError(refused.reason().toString());
                });
    }

    @Test
    @DisplayName("ATT-5 A proposal shows for each group what changes with the threshold")
    void showsWhatChangesForEachGroup() {
        ThresholdProposal proposal = proposal();
        assertThat(proposal.distanceAfter()).isLessThan(0.6);
        assertThat(proposal.changes()).extracting(GroupChange::name).containsExactly(GroupChange.ALL, "north", "south");
        Comparisons sample = sample(300);
        GroupChange all = proposal.changes().get(0);
        assertThat(all.fmrBefore()).isEqualTo(sample.falseMatches(0.6));
        // The distance is interpolated between rows, so not exactly at the rate.
        assertThat(all.fmrAfter().rate()).isBetween(0.0005, 0.0012);
        assertThat(all.fnmrAfter()).isEqualTo(sample.falseNonMatches(proposal.distanceAfter()));
        GroupChange north = proposal.changes().get(1);
        GroupChange south = proposal.changes().get(2);
        assertThat(north.people()).isEqualTo(100);
        assertThat(north.fmrBefore().rate()).isGreaterThan(3 * south.fmrBefore().rate());
        assertThat(north.fmrAfter().rate()).isLessThan(north.fmrBefore().rate());
        assertThat(north.fmrAfter()).isEqualTo(count("north", proposal.distanceAfter()));
    }

    /** The plain second way. */
    private Proportion count(String group, double distance) {
        Random random = new Random(4);
        int errors = 0;
        int trials = 0;
        for (int i = 0; i < 300; i++) {
            for (int j = i + 1; j < 300; j++) {
                double nearer = i % 3 == 0 && j % 3 == 0 ? 0.06 : 0;
                double at = Math.max(0.01, 0.75 - nearer + 0.07 * random.nextGaussian());
                if (group.equals(groups.get("p" + i)) && group.equals(groups.get("p" + j))) {
                    trials++;
                    errors += at < distance ? 1 : 0;
                }
            }
            random.nextGaussian();
        }
        return Proportion.of(errors, trials);
    }

    @Test
    @DisplayName("ATT-5 A threshold is proposed, put in force by somebody, signed, and on the ledger that verifies")
    void isSignedAndRecorded() throws IOException {
        Clock clock = Clock.fixed(TUESDAY, ZoneOffset.UTC);
        try (Store store = Stores.open(folder.resolve("gate.db"));
                KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(folder.resolve("outer.key"));
                StoreVault vault = StoreVault.open(store, outer, clock);
                StoreLedger ledger = StoreLedger.open(store, vault, "example.com/thresholds", clock)) {
            ThresholdProposal proposal = proposal();
            proposal.record(ledger);
            CalibrationRecord inForce = inForce(proposal, OFFICER, ledger);
            inForce.write(folder.resolve("threshold.record"));

            List<LedgerEntry> entries = ledger.entries(0, 10);
            assertThat(entries)
                    .extracting(entry -> entry.event().kind().value())
                    .containsExactly("biometrics.threshold-proposed", "biometrics.threshold");
            assertThat(entries.get(1).event().facts()).containsEntry("document", inForce.digest());
            assertThat(entries.get(1).event().person()).hasValue(OFFICER);
            assertThat(entries.get(0).event().facts().toString()).doesNotContain("engineer");
            assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);

            CalibrationRecord loaded = CalibrationRecord.load(folder.resolve("threshold.record"), keys.getPublic());
            assertThat(loaded.proposal()).isEqualTo(proposal);
            assertThat(loaded.decidedBy()).isEqualTo(OFFICER);
            assertThat(loaded.inForceFrom()).isEqualTo(TUESDAY);
            assertThat(loaded.digest()).isEqualTo(inForce.digest());
            ModelPack pack = loaded.applyTo(PACK);
            assertThat(pack.id()).isEqualTo(PACK.id());
            assertThat(pack.requireEmbedder().calibration().distanceAt(1e-3)).isEqualTo(proposal.distanceAfter());
        }
    }

    @Test
    @DisplayName(
            "ATT-5 Where four eyes are asked for, who proposed a threshold cannot put it in force, and the attempt is recorded")
    void refusesThatWhoProposedDecides() throws IOException {
        List<LedgerEvent> events = new ArrayList<>();
        ThresholdProposal proposal = proposal();
        ThresholdApprover approver = approver(ThresholdApproval.FOUR_EYES, events::add);
        assertThat(approver.approve(proposal, ENGINEER, TUESDAY))
                .isInstanceOfSatisfying(
                        ThresholdDecision.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("evaluate.four-eyes"));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(ThresholdProposal.REFUSED);
            assertThat(event.person()).hasValue(ENGINEER);
            assertThat(event.facts())
                    .containsEntry("reason", "evaluate.four-eyes")
                    .doesNotContainKey("document");
        });

        assertThat(approver.approve(proposal, OFFICER, TUESDAY)).isInstanceOf(ThresholdDecision.InForce.class);
        assertThat(events.get(1).facts()).containsEntry("approval", "four-eyes");
    }

    @Test
    void doesNotLoadARecordThatItsProposerDecidedWhereFourEyesAreAskedFor() throws IOException {
        ThresholdDecision decision =
                approver(ThresholdApproval.ONE_PERSON, event -> {}).approve(proposal(), ENGINEER, TUESDAY);
        String document = record(decision).document();
        CalibrationRecord loaded = CalibrationRecord.parse(document, keys.getPublic());
        assertThat(loaded.requireApproval(ThresholdApproval.ONE_PERSON)).isSameAs(loaded);
        assertThatThrownBy(() -> loaded.requireApproval(ThresholdApproval.FOUR_EYES))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("let somebody else decide");
    }

    private ThresholdApprover approver(ThresholdApproval rule, EventSink ledger) {
        return ThresholdApprover.create(rule, keys.getPrivate(), ledger);
    }

    private CalibrationRecord inForce(ThresholdProposal proposal, PersonId by, EventSink ledger) throws IOException {
        return record(approver(ThresholdApproval.FOUR_EYES, ledger).approve(proposal, by, TUESDAY));
    }

    private static CalibrationRecord record(ThresholdDecision decision) {
        return decision.fold(ThresholdDecision.InForce::record, refused -> {
            throw new AssertionError(refused.reason().toString());
        });
    }

    @Test
    void isNotInForceIfItCannotBeRecorded() {
        ThresholdProposal proposal = proposal();
        assertThatThrownBy(() -> inForce(proposal, OFFICER, event -> {
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesADocumentThatWasAlteredAnywhereOrSignedByAnother() throws IOException {
        List<LedgerEvent> events = new ArrayList<>();
        CalibrationRecord record = inForce(proposal(), OFFICER, events::add);
        String document = record.document();
        assertThat(CalibrationRecord.parse(document, keys.getPublic()).proposal())
                .isEqualTo(record.proposal());
        Random random = new Random(9);
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(document.length() - 4);
            char other = document.charAt(at) == '7' ? '8' : '7';
            String altered = document.substring(0, at) + other + document.substring(at + 1);
            assertThatThrownBy(() -> CalibrationRecord.parse(altered, keys.getPublic()))
                    .as("at %s", at)
                    .isInstanceOf(ModelUnavailableException.class);
        }
        for (String wrong :
                List.of("", "{}", document.substring(0, document.length() / 2), "\n\nsignature-ed25519: \n")) {
            assertThatThrownBy(() -> CalibrationRecord.parse(wrong, keys.getPublic()))
                    .isInstanceOf(ModelUnavailableException.class);
        }
        KeyPair others = ed25519();
        assertThatThrownBy(() -> CalibrationRecord.parse(document, others.getPublic()))
                .hasMessageContaining("another key signed it");
    }

    @Test
    void refusesAProposalWhoseCalibrationGivesAnotherThreshold() throws IOException {
        ThresholdProposal mine = proposal();
        assertThatThrownBy(() -> new ThresholdProposal(
                        mine.packId(),
                        mine.falseMatchRate(),
                        0.6,
                        mine.distanceAfter() * 0.99,
                        mine.calibration(),
                        mine.changes(),
                        ENGINEER,
                        MONDAY))
                .hasMessageContaining("its calibration gives " + mine.distanceAfter());
    }

    @Test
    void refusesASampleThatSupportsNoSuchRateAndAnotherPack() throws IOException {
        Recalibration.Outcome outcome = Recalibration.of(PACK.id(), 0.6, CalibratorOptions.DEFAULT)
                .propose(sample(30), groups, 1e-3, "a few", ENGINEER, MONDAY);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Recalibration.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("evaluate.too-small"));
        ThresholdProposal mine = proposal();
        ThresholdProposal other = new ThresholdProposal(
                "another",
                mine.falseMatchRate(),
                0.6,
                mine.distanceAfter(),
                mine.calibration(),
                mine.changes(),
                ENGINEER,
                MONDAY);
        CalibrationRecord record = inForce(other, OFFICER, event -> {});
        assertThatThrownBy(() -> record.applyTo(PACK)).hasMessageContaining("for the pack another");
    }
}
