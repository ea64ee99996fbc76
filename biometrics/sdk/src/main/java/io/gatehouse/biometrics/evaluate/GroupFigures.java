package io.gatehouse.biometrics.evaluate;

import io.gatehouse.core.reason.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How error rates differ between groups of people at one threshold, in the manner of ISO/IEC 19795-10: FMR and FNMR within
 * each group, FMR between groups, and how many times the worst group's rate is the best one's. Immutable and thread-safe.
 *
 * <p>The worst and the best are picked from what was seen, so with many groups or few people the ratio is large by chance
 * alone: look at its interval, and at the groups that are too small to tell.
 *
 * @param distance   the threshold
 * @param groups     by name
 * @param between    non-mated comparisons of two groups
 * @param fmrRatio   worst to best FMR within groups; empty with fewer than two groups that can be told
 * @param fnmrRatio  worst to best FNMR
 * @param ungrouped  how many people have no group
 */
public record GroupFigures(
        double distance,
        List<Group> groups,
        List<Between> between,
        Optional<Ratio> fmrRatio,
        Optional<Ratio> fnmrRatio,
        int ungrouped) {
    /** A group with fewer people is too small to tell. */
    public static final int MIN_PEOPLE = 30;

    /**
     * A group's rates.
     *
     * @param name         the group
     * @param people       people of it with any comparison
     * @param fmr          non-mated comparisons within it
     * @param fmrInterval  where its FMR lies
     * @param fnmr         mated comparisons
     * @param fnmrInterval where its FNMR lies
     * @param tooSmall     why it cannot be told, if it is too small
     */
    public record Group(
            String name,
            int people,
            Proportion fmr,
            Interval fmrInterval,
            Proportion fnmr,
            Interval fnmrInterval,
            Optional<Reason> tooSmall) {}

    /** Non-mated comparisons of people of two groups. */
    public record Between(String one, String other, Proportion fmr, Interval interval) {}

    /**
     * The worst group's rate over the best one's.
     *
     * @param worst    group with the highest rate
     * @param best     group with the lowest
     * @param value    how many times; infinite if the best has no error, NaN if none has
     * @param interval where it lies
     */
    public record Ratio(String worst, String best, double value, Interval interval) {}

    public GroupFigures {
        groups = List.copyOf(groups);
        between = List.copyOf(between);
        Objects.requireNonNull(fmrRatio, "fmrRatio");
        Objects.requireNonNull(fnmrRatio, "fnmrRatio");
    }

    /**
     * Figures at a threshold.
     *
     * @param groupOf which group a person is in; who is in none is left out and counted
     */
    public static GroupFigures of(
            Comparisons comparisons, Map<String, String> groupOf, double distance, SubjectBootstrap bootstrap) {
        Map<String, Comparisons> within = new TreeMap<>();
        Set<String> names = new TreeSet<>();
        comparisons.subjects().stream()
                .map(groupOf::get)
                .filter(Objects::nonNull)
                .forEach(names::add);
        for (String name : names) {
            within.put(
                    name,
                    comparisons.where(
                            (one, other) -> name.equals(groupOf.get(one)) && name.equals(groupOf.get(other))));
        }
        List<Group> groups = new ArrayList<>();
        within.forEach(
                (name, own) -> groups.add(group(name, own, people(comparisons, groupOf, name), distance, bootstrap)));
        return new GroupFigures(
                distance,
                groups,
                between(comparisons, groupOf, List.copyOf(names), distance, bootstrap),
                ratio(groups, Group::fmr, name -> replicated(within, name, distance, true, bootstrap), bootstrap),
                ratio(groups, Group::fnmr, name -> replicated(within, name, distance, false, bootstrap), bootstrap),
                (int) comparisons.subjects().stream()
                        .filter(subject -> groupOf.get(subject) == null)
                        .count());
    }

    private static int people(Comparisons comparisons, Map<String, String> groupOf, String name) {
        return (int) comparisons.subjects().stream()
                .filter(subject -> name.equals(groupOf.get(subject)))
                .count();
    }

    private static Group group(String name, Comparisons own, int people, double distance, SubjectBootstrap bootstrap) {
        Optional<Reason> tooSmall = people >= MIN_PEOPLE
                ? Optional.empty()
                : Optional.of(Reason.format(
                        "evaluate.group-too-small",
                        "The group %s has %d people; of fewer than %d nothing can be told: add people of it.",
                        name,
                        people,
                        MIN_PEOPLE));
        return new Group(
                name,
                people,
                own.falseMatches(distance),
                bootstrap.falseMatchRate(own, distance),
                own.falseNonMatches(distance),
                bootstrap.falseNonMatchRate(own, distance),
                tooSmall);
    }

    private static List<Between> between(
            Comparisons comparisons,
            Map<String, String> groupOf,
            List<String> names,
            double distance,
            SubjectBootstrap bootstrap) {
        List<Between> between = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                String one = names.get(i);
                String other = names.get(j);
                Comparisons across =
                        comparisons.where((a, b) -> (one.equals(groupOf.get(a)) && other.equals(groupOf.get(b)))
                                || (other.equals(groupOf.get(a)) && one.equals(groupOf.get(b))));
                between.add(new Between(
                        one, other, across.falseMatches(distance), bootstrap.falseMatchRate(across, distance)));
            }
        }
        return between;
    }

    private static double[] replicated(
            Map<String, Comparisons> within,
            String name,
            double distance,
            boolean falseMatches,
            SubjectBootstrap bootstrap) {
        Comparisons own = Objects.requireNonNull(within.get(name), "the group is one of these");
        Cells cells = Cells.of(own, falseMatches ? own.nonMatedSide() : own.matedSide());
        // Groups are drawn independently of each other.
        SubjectBootstrap other = new SubjectBootstrap(
                bootstrap.seed() ^ name.hashCode(), bootstrap.replicates(), bootstrap.confidence());
        return other.replicateRates(cells, new int[][] {cells.errors(distance, falseMatches)})[0];
    }

    private static Optional<Ratio> ratio(
            List<Group> groups,
            Function<Group, Proportion> rate,
            Function<String, double[]> replicated,
            SubjectBootstrap bootstrap) {
        List<Group> told = groups.stream()
                .filter(group -> group.tooSmall().isEmpty() && rate.apply(group).trials() > 0)
                .sorted(Comparator.comparingDouble(group -> rate.apply(group).rate()))
                .toList();
        if (told.size() < 2) {
            return Optional.empty();
        }
        Group best = told.get(0);
        Group worst = told.get(told.size() - 1);
        double[] below = replicated.apply(best.name());
        double[] above = replicated.apply(worst.name());
        double[] ratios = new double[below.length];
        Arrays.setAll(ratios, i -> above[i] / below[i]);
        Interval low = rate.apply(best).clopperPearson(bootstrap.confidence());
        Interval high = rate.apply(worst).clopperPearson(bootstrap.confidence());
        Interval exact = new Interval(high.lower() / low.upper(), high.upper() / low.lower(), bootstrap.confidence());
        return Optional.of(new Ratio(
                worst.name(),
                best.name(),
                rate.apply(worst).rate() / rate.apply(best).rate(),
                bootstrap.percentiles(ratios, exact)));
    }
}
