package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.KeptItem;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * That data must be kept though their time is over, for a claim or an inquiry. Immutable and thread-safe; {@code toString}
 * leaves people and reason out. What it does not limit it holds all of.
 *
 * @param id        unique
 * @param person    only about this person
 * @param dataClass only of this class
 * @param place     only of this place
 * @param from      only what began then or later
 * @param until     only what began before then
 * @param reason    why, 1 to 1,000 characters; kept sealed
 * @param owner     who is answerable for it
 * @param placedAt  since when, in whole milliseconds
 * @param endsAt    when it ends unless it is lifted before
 */
public record LegalHold(
        UUID id,
        Optional<PersonId> person,
        Optional<DataClass> dataClass,
        Optional<String> place,
        Optional<Instant> from,
        Optional<Instant> until,
        String reason,
        PersonId owner,
        Instant placedAt,
        Optional<Instant> endsAt) {
    private static final int MAX_REASON = 1_000;

    public LegalHold {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(placedAt, "placedAt");
        Objects.requireNonNull(endsAt, "endsAt");
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "why data are held takes 1 to " + MAX_REASON + " characters, not " + reason.length());
        }
        if (endsAt.filter(end -> !end.isAfter(placedAt)).isPresent()) {
            throw new IllegalArgumentException("a hold ends after it is placed, not at " + endsAt.get());
        }
    }

    /** Everything about a person, until it is lifted. */
    public static LegalHold of(PersonId person, String reason, PersonId owner, Instant placedAt) {
        return new LegalHold(
                UUID.randomUUID(),
                Optional.of(person),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reason,
                owner,
                Instant.ofEpochMilli(placedAt.toEpochMilli()),
                Optional.empty());
    }

    /** Everything of a class and place that began within a time, until it is lifted. */
    public static LegalHold of(
            DataClass dataClass,
            Optional<String> place,
            Instant from,
            Instant until,
            String reason,
            PersonId owner,
            Instant placedAt) {
        return new LegalHold(
                UUID.randomUUID(),
                Optional.empty(),
                Optional.of(dataClass),
                place,
                Optional.of(from),
                Optional.of(until),
                reason,
                owner,
                Instant.ofEpochMilli(placedAt.toEpochMilli()),
                Optional.empty());
    }

    /** The same, but it ends by itself. */
    public LegalHold until(Instant end) {
        return new LegalHold(id, person, dataClass, place, from, until, reason, owner, placedAt, Optional.of(end));
    }

    boolean isOverAt(Instant now) {
        return endsAt.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Who says nothing of an item's owner or place may be meant by any. */
    boolean covers(DataClass data, KeptItem item) {
        return mayCover(data, item.owner())
                && (place.isEmpty() || item.place().isEmpty() || place.equals(item.place()))
                && from.filter(item.startedAt()::isBefore).isEmpty()
                && until.filter(end -> !item.startedAt().isBefore(end)).isEmpty();
    }

    boolean mayCover(DataClass data, Optional<PersonId> owner) {
        return (dataClass.isEmpty() || dataClass.get().equals(data))
                && (person.isEmpty() || owner.isEmpty() || person.equals(owner));
    }

    @Override
    public String toString() {
        return "LegalHold[" + id + ", since " + placedAt + "]";
    }
}
