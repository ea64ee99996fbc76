package io.gatehouse.biometrics.evaluate.recalibrate;

import io.gatehouse.biometrics.evaluate.recalibrate.ThresholdDecision.InForce;
import io.gatehouse.biometrics.evaluate.recalibrate.ThresholdDecision.Refused;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts proposed thresholds in force: signs and records them, or refuses and records that. Thread-safe if the ledger is.
 */
public final class ThresholdApprover {
    private final ThresholdApproval rule;
    private final PrivateKey key;
    private final EventSink ledger;

    private ThresholdApprover(ThresholdApproval rule, PrivateKey key, EventSink ledger) {
        this.rule = Objects.requireNonNull(rule, "rule");
        this.key = Objects.requireNonNull(key, "key");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
    }

    /**
     * An approver.
     *
     * @param rule   who may decide; who loads records should ask for the same ({@link CalibrationRecord#requireApproval})
     * @param key    an Ed25519 key of whoever answers for thresholds; who loads the record has its public half
     * @param ledger where decisions are recorded first, under the digest of the signed document
     */
    public static ThresholdApprover create(ThresholdApproval rule, PrivateKey key, EventSink ledger) {
        return new ThresholdApprover(rule, key, ledger);
    }

    /**
     * Signs a proposal and records it on the ledger; in force when this returns.
     *
     * @param by who decides
     * @param at when
     * @throws IOException              if the decision cannot be recorded: then it is not in force
     * @throws IllegalArgumentException if the key is not for Ed25519
     */
    public ThresholdDecision approve(ThresholdProposal proposal, PersonId by, Instant at) throws IOException {
        Optional<Reason> refusal = rule.refusal(proposal.proposedBy(), by);
        if (refusal.isPresent()) {
            ledger.take(proposal.event(ThresholdProposal.REFUSED, at, by)
                    .fact("reason", refusal.get().code())
                    .build());
            return new Refused(refusal.get());
        }
        CalibrationRecord signed = CalibrationRecord.sign(proposal, by, at, key);
        ledger.take(proposal.event(ThresholdProposal.IN_FORCE, at, by)
                .fact("document", signed.digest())
                .fact("approval", rule.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .build());
        return new InForce(signed);
    }
}
