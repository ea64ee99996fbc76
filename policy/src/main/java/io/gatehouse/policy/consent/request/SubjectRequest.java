package io.gatehouse.policy.consent.request;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/**
 * A request of a person about their data. Immutable and thread-safe; {@code toString} leaves person and words out.
 *
 * @param id         unique
 * @param person     who asks about their own data
 * @param kind       what for
 * @param words      what they said, 1 to 2,000 characters; kept sealed
 * @param receivedAt when, in whole milliseconds
 * @param dueOn      the last day to answer
 * @param isExtended whether that day was put off
 * @param state      how far it is
 */
public record SubjectRequest(
        UUID id,
        PersonId person,
        RequestKind kind,
        String words,
        Instant receivedAt,
        LocalDate dueOn,
        boolean isExtended,
        RequestState state) {
    private static final int MAX_WORDS = 2_000;

    public SubjectRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(dueOn, "dueOn");
        Objects.requireNonNull(state, "state");
        if (words.isBlank() || words.length() > MAX_WORDS) {
            throw new IllegalArgumentException(
                    "a request has 1 to " + MAX_WORDS + " characters, this has " + words.length());
        }
    }

    /** Whether it is unanswered after its last day. */
    public boolean isOverdue(LocalDate today) {
        return state == RequestState.OPEN && today.isAfter(dueOn);
    }

    @Override
    public String toString() {
        return "SubjectRequest[" + id + ", " + kind + ", " + state + ", due on " + dueOn + "]";
    }
}
