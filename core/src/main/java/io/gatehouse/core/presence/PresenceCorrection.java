package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events by which a guard puts right what the doors could not see. They are appended to the ledger like any
 * other; nothing that was recorded is changed. Stateless.
 */
public final class PresenceCorrection {
    /** The kind of these events. */
    public static final EventKind KIND = EventKind.of("presence.correction");

    private static final String CORRECTION = "correction";
    private static final String FROM = "from";
    private static final String COUNT = "count";
    private static final int MAX_COUNT = 1_000_000;

    private PresenceCorrection() {}

    /**
     * Somebody is not where they are counted.
     *
     * @param from   where they are counted; {@link ZoneCode#OUTSIDE} if nowhere
     * @param to     where they are; {@link ZoneCode#OUTSIDE} if they left
     * @param guard  who says so; sealed with the person's data, like the reason
     * @param reason in the guard's words
     */
    public static LedgerEvent moved(
            PersonId person, ZoneCode from, ZoneCode to, Instant at, PersonId guard, String reason) {
        return LedgerEvent.builder(KIND, at)
                .person(person)
                .zone(to)
                .fact(CORRECTION, "moved")
                .fact(FROM, from.value())
                .personalFact("guard", guard.value())
                .personalFact("reason", reason)
                .build();
    }

    /**
     * So many people without a name are in a zone now; names are not touched.
     *
     * @param count  0 to 1,000,000
     * @param guard  who counted; the event is theirs
     */
    public static LedgerEvent anonymous(ZoneCode zone, int count, Instant at, PersonId guard, String reason) {
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException("0 to " + MAX_COUNT + " people can be counted, not " + count);
        }
        return LedgerEvent.builder(KIND, at)
                .person(guard)
                .zone(zone)
                .fact(CORRECTION, COUNT)
                .fact(COUNT, Integer.toString(count))
                .personalFact("reason", reason)
                .build();
    }

    static boolean isCount(Map<String, String> facts) {
        return COUNT.equals(facts.get(CORRECTION));
    }

    /** Null if it is no number that can be. */
    static @Nullable Integer count(Map<String, String> facts) {
        String count = facts.getOrDefault(COUNT, "");
        if (!count.matches("[0-9]{1,7}")) {
            return null;
        }
        int value = Integer.parseInt(count);
        return value > MAX_COUNT ? null : value;
    }

    static @Nullable ZoneCode from(Map<String, String> facts) {
        String from = facts.get(FROM);
        return from == null ? null : ZoneCode.of(from);
    }
}
