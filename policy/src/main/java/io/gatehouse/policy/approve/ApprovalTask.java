package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.approve.chain.ChainStep.Work;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A step of a request that somebody is asked for. Immutable and thread-safe; {@code toString} leaves the people out.
 *
 * @param request    the request
 * @param chain      the chain's id
 * @param step       the step's id
 * @param work       what is asked for
 * @param people     who may do it now: those who are asked or their delegates; if none can, the fallback; and when it is
 *                   overdue those whom it escalates to
 * @param due        the first moment at which it is overdue, if it has a deadline
 * @param isOverdue  whether it is
 * @param isFallback whether those who are asked cannot, so that the fallback is
 */
public record ApprovalTask(
        UUID request,
        String chain,
        String step,
        Work work,
        Set<PersonId> people,
        Optional<Instant> due,
        boolean isOverdue,
        boolean isFallback) {
    public ApprovalTask {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(due, "due");
        people = Set.copyOf(people);
    }

    @Override
    public String toString() {
        return "ApprovalTask[" + request + ", " + chain + ", " + step + ", " + work + ", due " + due + "]";
    }
}
