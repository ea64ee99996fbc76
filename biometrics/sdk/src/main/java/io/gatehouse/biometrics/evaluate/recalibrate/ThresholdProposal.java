package io.gatehouse.biometrics.evaluate.recalibrate;

import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A threshold that somebody proposes, with the calibration that it comes from and what it changes. Nothing is in force
 * until {@link #putInForce}. Immutable and thread-safe.
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

    /**
     * Signs it and records it on the ledger; in force when this returns. Keep the record and load it at every start.
     *
     * @param by     who decides
     * @param at     when
     * @param key    an Ed25519 key of whoever answers for thresholds; who loads the record has its public half
     * @param ledger where it is recorded first, under the digest of the signed document
     * @throws IOException              if it cannot be recorded: then it is not in force
     * @throws IllegalArgumentException if the key is not for Ed25519
     */
    public CalibrationRecord putInForce(PersonId by, Instant at, PrivateKey key, EventSink ledger) throws IOException {
        CalibrationRecord signed = CalibrationRecord.sign(this, by, at, key);
        ledger.take(event(IN_FORCE, at, by).fact("document", signed.digest()).build());
        return signed;
    }

    /** The person is sealed by the ledger; the facts are numbers. */
    private LedgerEvent.Builder event(EventKind kind, Instant at, PersonId by) {
        return LedgerEvent.builder(kind, at)
                .person(by)
                .fact("pack", packId)
                .fact("false-match-rate", Double.toString(falseMatchRate))
                .fact("distance-before", Double.toString(distanceBefore))
                .fact("distance-after", Double.toString(distanceAfter));
    }
}
