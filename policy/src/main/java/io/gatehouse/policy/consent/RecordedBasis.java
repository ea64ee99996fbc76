package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records each refusal of a basis as {@value #REFUSED}, with purpose, data class and reason. The answer is a refusal also
 * where it cannot be recorded; those are counted. Thread-safe. It waits for the record, so put it where a use is asked
 * for, not into a loop over a whole gallery.
 */
public final class RecordedBasis implements LawfulBasis {
    /** The kind of the entries. */
    public static final String REFUSED = "consent.use-refused";

    private static final Logger LOG = System.getLogger(RecordedBasis.class.getName());
    private static final EventKind KIND = EventKind.of(REFUSED);

    private final LawfulBasis basis;
    private final EventSink ledger;
    private final InstantSource clock;
    private final AtomicLong unrecorded = new AtomicLong();

    private RecordedBasis(LawfulBasis basis, EventSink ledger, InstantSource clock) {
        this.basis = Objects.requireNonNull(basis, "basis");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    public static RecordedBasis of(LawfulBasis basis, EventSink ledger, InstantSource clock) {
        return new RecordedBasis(basis, ledger, clock);
    }

    /** How many refusals could not be recorded; the log says of each why. */
    public long unrecorded() {
        return unrecorded.get();
    }

    @Override
    public Answer basisFor(PersonId person, Purpose purpose, DataClass dataClass) {
        Answer answer = basis.basisFor(person, purpose, dataClass);
        answer.refusal().ifPresent(reason -> record(person, purpose, dataClass, reason));
        return answer;
    }

    private void record(PersonId person, Purpose purpose, DataClass dataClass, Reason reason) {
        try {
            ledger.take(LedgerEvent.builder(KIND, clock.instant())
                    .person(person)
                    .fact("purpose", purpose.value())
                    .fact("data-class", dataClass.value())
                    .fact("reason", reason.code())
                    .build());
        } catch (IOException | RuntimeException e) {
            unrecorded.incrementAndGet();
            LOG.log(Level.ERROR, "a refused use could not be recorded", e);
        }
    }
}
