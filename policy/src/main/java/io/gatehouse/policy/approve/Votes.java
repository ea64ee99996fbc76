package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.approve.Assigner.Assigned;
import io.gatehouse.policy.approve.Progress.Open;
import io.gatehouse.policy.internal.casefile.Step;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether a vote settles its step, and how. */
final class Votes {
    static final String PASSED = "passed";

    private Votes() {}

    static Step step(Open open, Assigned assigned, PersonId by, Vote vote, Instant at) {
        String kind = switch (vote) {
            case APPROVE -> Words.APPROVED;
            case REFUSE -> Words.REFUSED;
            case RETURN -> Words.RETURNED;
        };
        String as = !assigned.fallback().isEmpty() && assigned.fallback().contains(by)
                ? "fallback"
                : assigned.asked().contains(by) ? "asked" : "escalation";
        return Step.of(at, kind, Optional.of(by))
                .fact("step", open.step().id())
                .fact("as", as)
                .fact("settles", vote == Vote.RETURN ? Words.OPEN : settles(open, assigned, by, vote == Vote.APPROVE));
    }

    private static String settles(Open open, Assigned assigned, PersonId by, boolean isYes) {
        String settled = isYes ? PASSED : Words.REFUSED;
        if (assigned.settlesAlone(by)) {
            return settled;
        }
        Set<PersonId> left = new HashSet<>(assigned.asked());
        left.remove(by);
        int approvals = open.approvals().size();
        return switch (open.step().need().of()) {
            case ANY -> settled;
            case ALL -> isYes && !left.isEmpty() ? Words.OPEN : settled;
            case SOME -> {
                int needed = open.step().need().count();
                boolean isSettled = isYes ? approvals + 1 >= needed : approvals + left.size() < needed;
                yield isSettled ? settled : Words.OPEN;
            }
        };
    }
}
