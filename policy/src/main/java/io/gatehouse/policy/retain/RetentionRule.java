package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.keep.KeptItem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How long data of one class are kept, of one place or kind of person or of all. Immutable and thread-safe. Times count
 * from an item's event by the calendar of the schedule's zone.
 *
 * @param id        its name within the schedule, lower-case words joined by {@code -}
 * @param dataClass which data
 * @param place     only of this place
 * @param kind      only of people who are this to the site
 * @param event     what the time begins with, such as {@code recorded} or {@code left}
 * @param atLeast   for so long nothing may be deleted, not even on request
 * @param keep      after so long it is purged
 * @param atMost    what is there for longer is overdue
 * @param source    where the law or the site's rule says so
 * @param countedBy kinds of ledger entries that each stand for one kept item, beside {@code retain.kept}
 */
public record RetentionRule(
        String id,
        DataClass dataClass,
        Optional<String> place,
        Optional<PersonKind> kind,
        String event,
        Period atLeast,
        Period keep,
        Period atMost,
        String source,
        Set<String> countedBy) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final LocalDate ANY = LocalDate.of(2024, 1, 31);

    public RetentionRule {
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(kind, "kind");
        countedBy = Set.copyOf(countedBy);
        if (!FORM.matcher(id).matches() || !FORM.matcher(event).matches()) {
            throw new IllegalArgumentException("rules and events are named by lower-case words joined by '-', not '"
                    + id + "' and '" + event + "'");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("rule " + id + " says where it comes from");
        }
        if (atLeast.isNegative() || isLonger(atLeast, keep) || isLonger(keep, atMost)) {
            throw new IllegalArgumentException("rule " + id + " keeps at least " + atLeast + ", purges after " + keep
                    + " and at most " + atMost + ": none may be longer than the next");
        }
    }

    private static boolean isLonger(Period one, Period other) {
        return ANY.plus(one).isAfter(ANY.plus(other));
    }

    /** How much this says beyond the data class: a rule for a place goes before one for a kind of person. */
    int weight() {
        return (place.isPresent() ? 2 : 0) + (kind.isPresent() ? 1 : 0);
    }

    boolean isFor(DataClass data, Optional<String> where, Optional<PersonKind> who) {
        return dataClass.equals(data)
                && (place.isEmpty() || place.equals(where))
                && (kind.isEmpty() || kind.equals(who));
    }

    /** Whether an item is to be purged at this time. */
    boolean isOver(KeptItem item, Instant now, ZoneId zone) {
        return isPast(item.startedAt(), keep, now, zone);
    }

    /** Whether an item may be deleted at this time, if somebody asks for it. */
    boolean mayBeDeleted(KeptItem item, Instant now, ZoneId zone) {
        return isPast(item.startedAt(), atLeast, now, zone);
    }

    private static boolean isPast(Instant from, Period time, Instant now, ZoneId zone) {
        return !from.atZone(zone).plus(time).toInstant().isAfter(now);
    }
}
