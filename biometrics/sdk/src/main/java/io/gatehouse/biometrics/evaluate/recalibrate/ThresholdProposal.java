package io.gatehouse.biometrics.evaluate.recalibrate;

import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A threshold that somebody proposes, with the calibration that it comes from and what it changes. Nothing is in force
 * until a {@link ThresholdApprover} approved it. Immutable and thread-safe.
 *
 * @param packId         the model pack that it is for
 * @param falseMatchRate what the threshold is asked for as
 * @param distanceBefore the threshold so far
 * @param distanceAfter  the threshold at that rate by the new calibration
 * @param calibration    the new calibration
 * @param changes        what changes, for all people first and then by group
 * @param proposedBy     who proposes it
 * @param proposedAt     when
 */
public record ThresholdProposal(
        String packId,
        double falseMatchRate,
        double distanceBefore,
        double distanceAfter,
        Calibration calibration,
        List<GroupChange> changes,
        PersonId proposedBy,
        Instant proposedAt) {
    /** In the ledger: a threshold was proposed. */
    public static final EventKind PROPOSED = EventKind.of("biometrics.threshold-proposed");

    /** In the ledger: somebody who may not decide tried to put a threshold in force. */
    public static final EventKind REFUSED = EventKind.of("biometrics.threshold-refused");

    /** In the ledger: a threshold is in force from here on. */
    public static final EventKind IN_FORCE = EventKind.of("biometrics.threshold");

    private static final double ROUNDING = 1e-9;

    /**
     * @throws IllegalArgumentException if a number is out of range, or the calibration does not give the threshold after it
     */
    public ThresholdProposal {
        Objects.requireNonNull(packId, "packId");
        Objects.requireNonNull(calibration, "calibration");
        changes = List.copyOf(changes);
        Objects.requireNonNull(proposedBy, "proposedBy");
        Objects.requireNonNull(proposedAt, "proposedAt");
        if (!(falseMatchRate > 0 && falseMatchRate < 1) || !(distanceBefore > 0) || !(distanceAfter > 0)) {
            throw new IllegalArgumentException("a proposal has a rate between 0 and 1 and distances above 0, not "
                    + falseMatchRate + ", " + distanceBefore + " and " + distanceAfter);
        }
        requireApplied(calibration.distanceAt(falseMatchRate), distanceAfter);
    }

    /** What is approved is the distance, what is applied is the calibration: they must not differ but by rounding. */
    private static void requireApplied(double applied, double approved) {
        if (!(Math.abs(applied - approved) <= ROUNDING * applied)) {
            throw new IllegalArgumentException("the proposal says that the threshold becomes " + approved
                    + ", but its calibration gives " + applied + " at that rate: propose it anew");
        }
    }

    /**
     * Records that it was proposed, so that who decides has it before them, and so that a proposal that was dropped is known.
     *
     * @throws IOException if that cannot be made durable
     */
    public void record(EventSink ledger) throws IOException {
        ledger.take(event(PROPOSED, proposedAt, proposedBy).build());
    }

    /** The person is sealed by the ledger; the facts are numbers. */
    LedgerEvent.Builder event(EventKind kind, Instant at, PersonId by) {
        return LedgerEvent.builder(kind, at)
                .person(by)
                .fact("pack", packId)
                .fact("false-match-rate", Double.toString(falseMatchRate))
                .fact("distance-before", Double.toString(distanceBefore))
                .fact("distance-after", Double.toString(distanceAfter));
    }
}
