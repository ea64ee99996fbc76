package io.gatehouse.core.ledger;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which entries are asked for: those that meet every condition that is given, in the order of when they happened, and
 * of the ledger where that is the same. Immutable and thread-safe.
 *
 * @param from     happened at this time or later
 * @param until    happened before this time
 * @param person   about this person, as far as they were not shredded since
 * @param portal   at this portal
 * @param zone     of this zone
 * @param kind     of this kind
 * @param order    newest or oldest first
 * @param pageSize how many entries a page has at most, 1 to 1,000
 */
public record LedgerQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<PersonId> person,
        Optional<PortalId> portal,
        Optional<ZoneCode> zone,
        Optional<EventKind> kind,
        Order order,
        int pageSize) {
    private static final int MAX_PAGE_SIZE = 1_000;
    private static final int PAGE_SIZE = 50;
    private static final Instant EARLIEST = Instant.parse("1678-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

    /** Which entries come first. */
    public enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    public LedgerQuery {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(order, "order");
        from.ifPresent(LedgerQuery::requireRange);
        until.ifPresent(LedgerQuery::requireRange);
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE_SIZE + " entries, not " + pageSize);
        }
    }

    /** What nanoseconds in 64 bits reach. */
    private static void requireRange(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "a query's times lie between " + EARLIEST + " and " + LATEST + ", not at " + time);
        }
    }

    /** A query for everything, the newest first, 50 a page, until more is said. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether an event meets every condition. */
    public boolean matches(LedgerEvent event) {
        return from.map(time -> !event.occurredAt().isBefore(time)).orElse(true)
                && until.map(time -> event.occurredAt().isBefore(time)).orElse(true)
                && isMet(person, event.person())
                && isMet(portal, event.portal())
                && isMet(zone, event.zone())
                && isMet(kind, Optional.of(event.kind()));
    }

    private static <T> boolean isMet(Optional<T> condition, Optional<T> value) {
        return condition.isEmpty() || condition.equals(value);
    }

    /** Collects the conditions. Not thread-safe. */
    public static final class Builder {
        private Optional<Instant> from = Optional.empty();
        private Optional<Instant> until = Optional.empty();
        private Optional<PersonId> person = Optional.empty();
        private Optional<PortalId> portal = Optional.empty();
        private Optional<ZoneCode> zone = Optional.empty();
        private Optional<EventKind> kind = Optional.empty();
        private Order order = Order.NEWEST_FIRST;
        private int pageSize = PAGE_SIZE;

        private Builder() {}

        public Builder from(Instant value) {
            from = Optional.of(value);
            return this;
        }

        public Builder until(Instant value) {
            until = Optional.of(value);
            return this;
        }

        public Builder person(PersonId value) {
            person = Optional.of(value);
            return this;
        }

        public Builder portal(PortalId value) {
            portal = Optional.of(value);
            return this;
        }

        public Builder zone(ZoneCode value) {
            zone = Optional.of(value);
            return this;
        }

        public Builder kind(EventKind value) {
            kind = Optional.of(value);
            return this;
        }

        public Builder order(Order value) {
            order = Objects.requireNonNull(value, "order");
            return this;
        }

        public Builder pageSize(int value) {
            pageSize = value;
            return this;
        }

        public LedgerQuery build() {
            return new LedgerQuery(from, until, person, portal, zone, kind, order, pageSize);
        }
    }
}
