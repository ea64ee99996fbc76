package io.gatehouse.biometrics.evaluate.recalibrate;

import io.gatehouse.biometrics.evaluate.Proportion;
import java.util.Objects;

/**
 * What a new threshold changes for a group of people, or for all. Immutable and thread-safe.
 *
 * @param name       the group; {@link #ALL} for all people, between groups too
 * @param people     how many
 * @param fmrBefore  non-mated comparisons within the group that match at the threshold so far
 * @param fmrAfter   and at the new one
 * @param fnmrBefore mated comparisons that do not match at the threshold so far
 * @param fnmrAfter  and at the new one
 * @param tooSmall   whether it has too few people to tell anything
 */
public record GroupChange(
        String name,
        int people,
        Proportion fmrBefore,
        Proportion fmrAfter,
        Proportion fnmrBefore,
        Proportion fnmrAfter,
        boolean tooSmall) {
    /** The name of the row for all people. */
    public static final String ALL = "all people";

    public GroupChange {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fmrBefore, "fmrBefore");
        Objects.requireNonNull(fmrAfter, "fmrAfter");
        Objects.requireNonNull(fnmrBefore, "fnmrBefore");
        Objects.requireNonNull(fnmrAfter, "fnmrAfter");
    }
}
