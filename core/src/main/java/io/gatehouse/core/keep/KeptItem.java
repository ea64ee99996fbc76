package io.gatehouse.core.keep;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that a room keeps: a template, a recording, a record. Immutable and thread-safe; ordered by when its time
 * began, then by id. {@code toString} leaves id and owner out.
 *
 * @param id        the same as long as it is kept, never used again; 1 to 200 characters
 * @param owner     under whose key it is sealed, or whom it is about; empty if nobody
 * @param startedAt when the time that it is kept for began, in whole milliseconds
 * @param place     where it is from, lower-case letters, digits, {@code . _ -}; empty if that does not matter
 * @param kind      what its owner is to the site; empty if that does not matter
 */
public record KeptItem(
        String id, Optional<PersonId> owner, Instant startedAt, Optional<String> place, Optional<PersonKind> kind)
        implements Comparable<KeptItem> {
    private static final int MAX_ID = 200;
    private static final Pattern PLACE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Comparator<KeptItem> ORDER =
            Comparator.comparing(KeptItem::startedAt).thenComparing(KeptItem::id);

    public KeptItem {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(kind, "kind");
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw new IllegalArgumentException(
                    "a kept item's id has 1 to " + MAX_ID + " characters, this one " + id.length());
        }
        if (place.filter(name -> !PLACE.matcher(name).matches()).isPresent()) {
            throw new IllegalArgumentException(
                    "a place is named by 1 to 64 lower-case letters, digits, '.', '_' or '-', not '" + place.get()
                            + "'");
        }
    }

    /** An item of nowhere in particular. */
    public static KeptItem of(String id, PersonId owner, Instant startedAt) {
        return new KeptItem(id, Optional.of(owner), startedAt, Optional.empty(), Optional.empty());
    }

    @Override
    public int compareTo(KeptItem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "KeptItem[since " + startedAt + "]";
    }
}
