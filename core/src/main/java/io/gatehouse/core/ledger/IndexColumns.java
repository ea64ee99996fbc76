package io.gatehouse.core.ledger;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an entry is found by: a copy of parts of its content, in columns of their own. Immutable.
 *
 * @param occurredNanos as {@link #nanos}
 * @param portal        null if there is none, and so with the others
 */
record IndexColumns(
        long occurredNanos,
        String kind,
        @Nullable String portal,
        @Nullable String zone,
        @Nullable Pseudonym pseudonym) {
    private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    static IndexColumns of(SealedEntry entry) {
        LedgerEvent event = entry.event();
        return new IndexColumns(
                nanos(event.occurredAt()),
                event.kind().value(),
                event.portal().map(PortalId::value).orElse(null),
                event.zone().map(ZoneCode::value).orElse(null),
                entry.sealed().pseudonym().map(Pseudonym::of).orElse(null));
    }

    static IndexColumns of(EntryBytes entry) {
        return new IndexColumns(
                nanos(entry.occurredAt()),
                entry.kind(),
                entry.portal().isEmpty() ? null : entry.portal(),
                entry.zone().isEmpty() ? null : entry.zone(),
                entry.pseudonym().map(Pseudonym::of).orElse(null));
    }

    /** Nanoseconds since 1970, which reach from 1677 to 2262; what is beyond counts as the end of that. */
    static long nanos(Instant time) {
        return nanos(time.getEpochSecond(), time.getNano());
    }

    /** The same of seconds since 1970 and nanoseconds of a second. */
    static long nanos(long seconds, int nanos) {
        try {
            return Math.addExact(Math.multiplyExact(seconds, NANOS_A_SECOND), nanos);
        } catch (ArithmeticException e) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
