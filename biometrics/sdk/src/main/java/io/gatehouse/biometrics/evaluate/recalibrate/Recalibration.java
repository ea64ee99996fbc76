package io.gatehouse.biometrics.evaluate.recalibrate;

import io.gatehouse.biometrics.evaluate.CalibrationOutcome;
import io.gatehouse.biometrics.evaluate.Calibrator;
import io.gatehouse.biometrics.evaluate.CalibratorOptions;
import io.gatehouse.biometrics.evaluate.Comparisons;
import io.gatehouse.biometrics.evaluate.GroupFigures;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Calibrates anew from a labelled sample and shows what that changes. A sample that does not support the rate gives no
 * proposal. Immutable and thread-safe.
 */
public final class Recalibration {
    private final String packId;
    private final double distanceInForce;
    private final CalibratorOptions options;

    private Recalibration(String packId, double distanceInForce, CalibratorOptions options) {
        this.packId = Objects.requireNonNull(packId, "packId");
        this.distanceInForce = distanceInForce;
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * For a pack whose threshold is at a distance now.
     *
     * @param distanceInForce for example {@code calibration.distanceAt(1e-4)} of the calibration so far
     */
    public static Recalibration of(String packId, double distanceInForce, CalibratorOptions options) {
        return new Recalibration(packId, distanceInForce, options);
    }

    /** A proposal, or why there is none. */
    public sealed interface Outcome {
        <T> T fold(Function<? super Proposed, ? extends T> proposed, Function<? super Refused, ? extends T> refused);
    }

    /** The sample supports the rate. */
    public record Proposed(ThresholdProposal proposal) implements Outcome {
        public Proposed {
            Objects.requireNonNull(proposal, "proposal");
        }

        @Override
        public <T> T fold(
                Function<? super Proposed, ? extends T> proposed, Function<? super Refused, ? extends T> refused) {
            return proposed.apply(this);
        }
    }

    /** It does not; the reason says what would. */
    public record Refused(Reason reason) implements Outcome {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Proposed, ? extends T> proposed, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }

    /**
     * Proposes the threshold for a rate.
     *
     * @param sample         comparisons made with this pack
     * @param groupOf        the groups of people; empty if there are none
     * @param falseMatchRate what the threshold shall have
     * @param source         what the sample is, in words
     */
    public Outcome propose(
            Comparisons sample,
            Map<String, String> groupOf,
            double falseMatchRate,
            String source,
            PersonId by,
            Instant at) {
        CalibrationOutcome outcome =
                Calibrator.create(options.withRequiredRate(falseMatchRate)).calibrate(sample, source);
        return outcome.fold(
                calibrated -> new Proposed(proposal(sample, groupOf, falseMatchRate, calibrated.calibration(), by, at)),
                tooSmall -> new Refused(tooSmall.reason()));
    }

    private ThresholdProposal proposal(
            Comparisons sample,
            Map<String, String> groupOf,
            double falseMatchRate,
            Calibration calibration,
            PersonId by,
            Instant at) {
        double distance = calibration.distanceAt(falseMatchRate);
        List<GroupChange> changes = new ArrayList<>();
        changes.add(change(GroupChange.ALL, sample.subjects().size(), sample, distance));
        for (String group : new TreeSet<>(groupOf.values())) {
            int people = (int) sample.subjects().stream()
                    .filter(subject -> group.equals(groupOf.get(subject)))
                    .count();
            Comparisons own =
                    sample.where((one, other) -> group.equals(groupOf.get(one)) && group.equals(groupOf.get(other)));
            changes.add(change(group, people, own, distance));
        }
        return new ThresholdProposal(packId, falseMatchRate, distanceInForce, distance, calibration, changes, by, at);
    }

    private GroupChange change(String name, int people, Comparisons of, double distance) {
        return new GroupChange(
                name,
                people,
                of.falseMatches(distanceInForce),
                of.falseMatches(distance),
                of.falseNonMatches(distanceInForce),
                of.falseNonMatches(distance),
                people < GroupFigures.MIN_PEOPLE);
    }
}
