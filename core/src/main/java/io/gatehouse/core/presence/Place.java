package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a person is, or {@link ZoneCode#OUTSIDE}, and where else they may be. Not thread-safe. */
final class Place {
    /** Since when somebody is outside who was never seen to move. */
    static final Instant NEVER = Instant.MIN;

    ZoneCode zone;
    Instant since;
    /** Where they are instead, if the door did what it gave no answer to. */
    @Nullable
    ZoneCode maybe;

    Instant maybeAt = NEVER;
    /** The last entry that is in this; it tells the name, as long as anything does. */
    long index;

    Naming naming = Naming.UNASKED;
    /** Null if it is not known. */
    @Nullable
    PersonId person;

    Place(ZoneCode zone, Instant since) {
        this.zone = zone;
        this.since = since;
    }

    /** What is known of somebody's name. */
    enum Naming {
        /** Their entries were not opened yet. */
        UNASKED,
        NAMED,
        /** It was shredded. */
        NAMELESS
    }

    void moved(ZoneCode to, Instant at, long entry) {
        zone = to;
        since = at;
        index = entry;
        if (!at.isBefore(maybeAt) || to.equals(maybe)) {
            maybe = null;
        }
    }

    void mayHaveMoved(ZoneCode to, Instant at, long entry) {
        index = entry;
        if (!at.isBefore(maybeAt)) {
            maybeAt = at;
            maybe = to.equals(zone) ? null : to;
        }
    }

    /** Whether they are inside, or may be. */
    boolean mayBeInside() {
        return !zone.equals(ZoneCode.OUTSIDE) || maybe != null;
    }

    boolean isOutsideSince(Instant oldest) {
        return zone.equals(ZoneCode.OUTSIDE) && !since.isAfter(oldest) && (maybe == null || !maybeAt.isAfter(oldest));
    }
}
