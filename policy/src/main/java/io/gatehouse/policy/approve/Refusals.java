package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.approve.Assigner.Assigned;
import io.gatehouse.policy.approve.chain.Chain;
import io.gatehouse.policy.internal.casefile.CaseFile;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Why something is not done about a request. */
final class Refusals {
    private Refusals() {}

    static Reason notOpen(CaseFile file, String step, String what) {
        RequestState state = RequestState.ofWord(file.index().state());
        return state.isOpen()
                ? Reason.format(
                        "approve.not-open", "The request does not ask for %s by step %s now: look again.", what, step)
                : state(state);
    }

    static Reason notThem(String step) {
        return Reason.format("approve.not-asked", "Somebody else is asked for step %s.", step);
    }

    static Reason state(RequestState state) {
        return Reason.format("approve.state", "The request is %s: that cannot be done any more, or not yet.", state);
    }

    static Optional<Reason> vote(Progress progress, Assigned assigned, PersonId by) {
        if (by.equals(progress.requester)) {
            return Optional.of(Reason.of("approve.own", "Nobody decides about their own request."));
        }
        if (progress.voted.contains(by)) {
            return Optional.of(Reason.of("approve.twice", "Nobody decides twice about one request."));
        }
        return assigned.people().contains(by)
                ? Optional.empty()
                : Optional.of(Reason.of("approve.not-asked", "Somebody else is asked to decide."));
    }

    static Optional<Reason> emergency(
            CaseFile file, Progress progress, PersonId by, Function<Chain.Emergency, Set<PersonId>> signers) {
        RequestState state = RequestState.ofWord(file.index().state());
        if (state != RequestState.PENDING) {
            return Optional.of(state(state));
        }
        if (progress.chain.emergency().isEmpty()) {
            return Optional.of(Reason.format(
                    "approve.no-emergency", "Chain %s knows no emergency: it has to be decided.", progress.chain.id()));
        }
        if (by.equals(progress.requester)) {
            return Optional.of(Reason.of("approve.own", "Nobody decides about their own request."));
        }
        return signers.apply(progress.chain.emergency().get()).contains(by)
                ? Optional.empty()
                : Optional.of(Reason.of("approve.not-asked", "Somebody else may sign for an emergency."));
    }
}
