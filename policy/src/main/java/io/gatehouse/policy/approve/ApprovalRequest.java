package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A request as it stands. Immutable and thread-safe; {@code toString} leaves people, forms and words out.
 *
 * @param id        unique
 * @param chain     the chain's id
 * @param version   the chain's version
 * @param requester who asks
 * @param state     how far it is
 * @param form      what was filled in last, as JSON
 * @param documents the documents that came with it, by name: the SHA-256 of each, in lower-case hex
 * @param terms     what holds for it by its chain
 * @param informed  who was to be told of it at once
 * @param fallbacks steps of which it was found, when it was submitted, that none of those who are asked can decide
 * @param tasks     what is asked for now
 * @param history   all that was done, the oldest first
 */
public record ApprovalRequest(
        UUID id,
        String chain,
        int version,
        PersonId requester,
        RequestState state,
        String form,
        Map<String, String> documents,
        List<String> terms,
        Set<PersonId> informed,
        Set<String> fallbacks,
        List<ApprovalTask> tasks,
        List<Entry> history) {
    public ApprovalRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(requester, "requester");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(form, "form");
        documents = Map.copyOf(documents);
        terms = List.copyOf(terms);
        informed = Set.copyOf(informed);
        fallbacks = Set.copyOf(fallbacks);
        tasks = List.copyOf(tasks);
        history = List.copyOf(history);
    }

    @Override
    public String toString() {
        return "ApprovalRequest[" + id + ", " + chain + " " + version + ", " + state + "]";
    }

    /**
     * Something that was done.
     *
     * @param at   when
     * @param what {@code submitted}, {@code approved}, {@code refused}, {@code returned}, {@code resubmitted},
     *             {@code recorded}, {@code emergency} or {@code cancelled}
     * @param step the chain's step that it was done for, if for one
     * @param by   who
     * @param note in their words; may be empty
     * @param form what was filled in, as JSON; empty if nothing
     */
    public record Entry(Instant at, String what, Optional<String> step, PersonId by, String note, String form) {
        @Override
        public String toString() {
            return "Entry[" + at + ", " + what + ", " + step + "]";
        }
    }
}
