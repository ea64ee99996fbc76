package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a purge would do now: what, why and how many. Nothing was changed. Immutable and thread-safe.
 *
 * @param at      as of when
 * @param lines   for each keeper and rule that something is over by
 * @param without keepers of data that no rule is about: they are kept for ever
 */
public record PurgePlan(Instant at, List<Line> lines, List<String> without) {
    public PurgePlan {
        Objects.requireNonNull(at, "at");
        lines = List.copyOf(lines);
        without = List.copyOf(without);
    }

    /**
     * What is over by one rule.
     *
     * @param keeper who keeps it
     * @param dataClass which data
     * @param rule   the rule's id
     * @param source where the rule comes from
     * @param items  how many would be purged
     * @param held   how many more are over, but held
     * @param oldest when the time of the oldest of all these began
     * @param newest when that of the newest did
     */
    public record Line(
            String keeper,
            DataClass dataClass,
            String rule,
            String source,
            long items,
            long held,
            Instant oldest,
            Instant newest) {
        public Line {
            Objects.requireNonNull(keeper, "keeper");
            Objects.requireNonNull(dataClass, "dataClass");
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(oldest, "oldest");
            Objects.requireNonNull(newest, "newest");
        }
    }

    /** How many items would be purged. */
    public long items() {
        return lines.stream().mapToLong(Line::items).sum();
    }

    /** How many are over, but held. */
    public long held() {
        return lines.stream().mapToLong(Line::held).sum();
    }
}
