package io.gatehouse.policy.watch.violation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A kind of violation. Immutable and thread-safe.
 *
 * @param id      its name in documents: 1 to 64 lower-case letters, digits, {@code -}
 * @param text    what it is, for people
 * @param grade   how grave it is
 * @param within  for how long an earlier one of the same person counts
 * @param ladder  the sanctions that may follow the first, the second and so on; the last holds for all further ones
 * @param alarms  rules of a watch whose alarms propose it
 */
public record ViolationKind(
        String id, String text, Grade grade, Duration within, List<Set<String>> ladder, Set<String> alarms) {
    /** How grave a violation is. Ordered, the least first. */
    public enum Grade {
        MINOR,
        SERIOUS,
        GRAVE
    }

    public ViolationKind {
        ViolationCode.requireId("a kind of violation", id);
        Objects.requireNonNull(grade, "grade");
        ladder = ladder.stream().map(Set::copyOf).toList();
        alarms = Set.copyOf(alarms);
        if (text.isBlank()) {
            throw new IllegalArgumentException("violation " + id + " needs a text for people");
        }
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("violation " + id + " counts for longer than nothing, not " + within);
        }
        if (ladder.isEmpty() || ladder.stream().anyMatch(Set::isEmpty)) {
            throw new IllegalArgumentException("violation " + id + " says for each time what may follow");
        }
    }

    /** What may follow the so manieth, counted from 1. */
    Set<String> allowed(int occurrence) {
        return ladder.get(Math.min(occurrence, ladder.size()) - 1);
    }
}
