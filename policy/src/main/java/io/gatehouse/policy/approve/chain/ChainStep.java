package io.gatehouse.policy.approve.chain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One step of a chain. Immutable and thread-safe.
 *
 * @param id       its name: 1 to 64 lower-case letters, digits, {@code -}
 * @param work     what is asked for
 * @param by       who is asked; everybody whom any of these names
 * @param need     how many have to approve
 * @param when     needed only if all of these hold
 * @param deadline by when, if there is a limit
 * @param form     the JSON Schema of what is recorded; only for what is recorded
 */
public record ChainStep(
        String id,
        Work work,
        List<Approvers> by,
        Need need,
        List<Condition> when,
        Optional<Deadline> deadline,
        Optional<String> form) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /** What a step asks for. */
    public enum Work {
        /** A yes or no. Nobody is asked about their own request, or twice about one. */
        APPROVE,
        /** Something is done and recorded with a form: a statement, a check, a delivery, a return. */
        RECORD
    }

    public ChainStep {
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(need, "need");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(form, "form");
        by = List.copyOf(by);
        when = List.copyOf(when);
        requireId("a step", id);
        if (by.isEmpty()) {
            throw new IllegalArgumentException("step " + id + " asks nobody");
        }
        if (work == Work.APPROVE && (form.isPresent() || by.contains(new Approvers.Requester()))) {
            throw new IllegalArgumentException(
                    "step " + id + " approves: it has no form of its own, and the requester is not asked");
        }
        if (work == Work.RECORD && (form.isEmpty() || need.of() != Need.Of.ANY)) {
            throw new IllegalArgumentException("step " + id + " records: it has a form, and one person fills it in");
        }
    }

    static void requireId(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    what + " is called 1 to 64 lower-case letters, digits or '-', not '" + id + "'");
        }
    }
}
