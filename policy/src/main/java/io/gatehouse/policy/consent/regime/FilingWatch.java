package io.gatehouse.policy.consent.regime;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Records in the ledger when the number of people stored reaches the limit from which it must be filed, so that the day is
 * known. Told the count every so often; a new watch, as after a start, records again if it is reached then. Thread-safe.
 */
public final class FilingWatch {
    /** The entry: the limit was reached. */
    public static final EventKind REACHED = EventKind.of("regime.people-limit");

    private final Regime regime;
    private final Duty duty;
    private final EventSink ledger;
    private final InstantSource clock;
    private boolean wasReached;

    private FilingWatch(Regime regime, Duty duty, EventSink ledger, InstantSource clock) {
        this.regime = regime;
        this.duty = duty;
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** @throws IllegalArgumentException if the regime has no duty to file */
    public static FilingWatch create(Regime regime, EventSink ledger, InstantSource clock) {
        Duty duty = regime.duties().stream()
                .filter(each -> each.check() == DutyCheck.FILING)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(regime.name() + " has no duty to file"));
        return new FilingWatch(regime, duty, ledger, clock);
    }

    /** Takes the count; true if the limit is reached. */
    public synchronized boolean count(long people) throws IOException {
        int limit = duty.people().orElseThrow();
        boolean isReached = people >= limit;
        if (isReached && !wasReached) {
            ledger.take(LedgerEvent.builder(REACHED, clock.instant())
                    .fact("regime", regime.id())
                    .fact("duty", duty.id())
                    .fact("limit", Integer.toString(limit))
                    .fact("people", Long.toString(people))
                    .build());
        }
        wasReached = isReached;
        return isReached;
    }
}
