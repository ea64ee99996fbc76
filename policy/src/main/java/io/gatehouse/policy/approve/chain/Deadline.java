package io.gatehouse.policy.approve.chain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * By when a step is due. Once it is overdue those whom it escalates to may decide as well. Immutable and thread-safe.
 *
 * @param workingDays within so many working days after the step began, the last one included; 0 if a field says it
 * @param field       the field of the form that holds a date, the last day; empty if working days count
 * @param escalateTo  who may decide as well once it is overdue
 */
public record Deadline(int workingDays, Optional<String> field, List<Approvers> escalateTo) {
    private static final int MOST = 1_000;

    public Deadline {
        Objects.requireNonNull(field, "field");
        escalateTo = List.copyOf(escalateTo);
        if (field.isPresent() ? workingDays != 0 : workingDays < 1 || workingDays > MOST) {
            throw new IllegalArgumentException("a deadline is 1 to " + MOST
                    + " working days or the date in a field, and not both: " + workingDays + " days, " + field);
        }
    }

    public static Deadline ofWorkingDays(int days, Approvers... escalateTo) {
        return new Deadline(days, Optional.empty(), List.of(escalateTo));
    }
}
