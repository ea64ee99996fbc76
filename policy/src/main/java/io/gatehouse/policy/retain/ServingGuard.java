package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerQuery;
import io.gatehouse.core.ledger.LedgerSearch;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.upkeep.Recovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says whether an item may be served: not once it is over, purged or not, held or not; and nothing at all after a restore
 * until {@link PurgeJob#catchUp} was run. Thread-safe.
 */
public final class ServingGuard {
    private final RetentionSchedule schedule;
    private final LedgerSearch ledger;
    private final InstantSource clock;
    private volatile boolean isFit;

    private ServingGuard(RetentionSchedule schedule, LedgerSearch ledger, InstantSource clock) {
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Looks into the ledger whether there was a restore that nothing caught up with yet. */
    public static ServingGuard create(RetentionSchedule schedule, LedgerSearch ledger, InstantSource clock)
            throws IOException {
        ServingGuard guard = new ServingGuard(schedule, ledger, clock);
        guard.refresh();
        return guard;
    }

    /** Looks again; to be called after {@link PurgeJob#catchUp}. Returns whether anything may be served. */
    public boolean refresh() throws IOException {
        isFit = last(EventKind.of(Recovery.RESTORED)) <= last(PurgeJob.CAUGHT_UP);
        return isFit;
    }

    private long last(EventKind kind) throws IOException {
        try (Stream<LedgerEntry> entries =
                ledger.stream(LedgerQuery.builder().kind(kind).build())) {
            return entries.mapToLong(LedgerEntry::index).max().orElse(-1);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Why the item may not be served now; empty if it may, as far as retention goes. */
    public Optional<Reason> refusal(DataClass dataClass, KeptItem item) {
        if (!isFit) {
            return Optional.of(
                    Reason.of(
                            "retain.not-caught-up",
                            "This database was restored, and what was purged since may be back: purge before anything is served."));
        }
        return schedule.ruleFor(dataClass, item)
                .filter(rule -> rule.isOver(item, clock.instant(), schedule.zone()))
                .map(rule -> Reason.format(
                        "retain.over", "The time that %s are kept for is over by rule %s.", dataClass, rule.id()));
    }
}
