package io.gatehouse.biometrics.evaluate;

import io.gatehouse.biometrics.model.Template;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Comparisons whose truth is known: which two people, and how far apart their samples were. Mated if both are the same
 * person. The smaller the distance, the more alike; a score where more is more alike comes in with its sign turned.
 * Immutable and thread-safe.
 */
public final class Comparisons {
    private final List<String> subjects;
    private final Side mated;
    private final Side nonMated;

    private Comparisons(List<String> subjects, Side mated, Side nonMated) {
        this.subjects = List.copyOf(subjects);
        this.mated = mated;
        this.nonMated = nonMated;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Every template with every other: all mated and all non-mated comparisons once. */
    public static Comparisons ofAll(Map<String, List<Template>> people) {
        Builder builder = builder();
        List<Map.Entry<String, List<Template>>> all = List.copyOf(people.entrySet());
        for (int i = 0; i < all.size(); i++) {
            String subject = all.get(i).getKey();
            List<Template> own = all.get(i).getValue();
            for (int first = 0; first < own.size(); first++) {
                for (int second = first + 1; second < own.size(); second++) {
                    builder.add(subject, subject, own.get(first).distance(own.get(second)));
                }
                for (int j = i + 1; j < all.size(); j++) {
                    for (Template other : all.get(j).getValue()) {
                        builder.add(subject, all.get(j).getKey(), own.get(first).distance(other));
                    }
                }
            }
        }
        return builder.build();
    }

    /** The people, in the order in which they came. */
    public List<String> subjects() {
        return subjects;
    }

    public int mated() {
        return mated.distances.length;
    }

    public int nonMated() {
        return nonMated.distances.length;
    }

    /** How many people have at least one mated comparison. */
    public int matedPeople() {
        return (int) Arrays.stream(mated.one).distinct().count();
    }

    /** How many people have at least one non-mated comparison. */
    public int nonMatedPeople() {
        return (int) IntStream.concat(Arrays.stream(nonMated.one), Arrays.stream(nonMated.other))
                .distinct()
                .count();
    }

    /** The part of non-mated comparisons nearer than a distance (FMR). */
    public Proportion falseMatches(double distance) {
        return new Proportion(nonMated.nearerThan(distance), nonMated());
    }

    /** The part of mated comparisons not nearer than a distance (FNMR). */
    public Proportion falseNonMatches(double distance) {
        return new Proportion(mated() - mated.nearerThan(distance), mated());
    }

    /** Mated distances, ascending. */
    public double[] matedDistances() {
        return mated.sorted.clone();
    }

    /** Non-mated distances, ascending. */
    public double[] nonMatedDistances() {
        return nonMated.sorted.clone();
    }

    /** Those between two people of a kind, for example both of one group. */
    public Comparisons where(PairTest test) {
        return new Comparisons(subjects, mated.where(subjects, test), nonMated.where(subjects, test));
    }

    /** Chooses comparisons by whom they compare. */
    @FunctionalInterface
    public interface PairTest {
        boolean test(String one, String other);
    }

    Side matedSide() {
        return mated;
    }

    Side nonMatedSide() {
        return nonMated;
    }

    @Override
    public String toString() {
        return "Comparisons[" + subjects.size() + " people, " + mated() + " mated, " + nonMated() + " non-mated]";
    }

    /** The mated or the non-mated ones: in the order in which they came, and the distances sorted. */
    static final class Side {
        final int[] one;
        final int[] other;
        final double[] distances;
        final double[] sorted;

        Side(int[] one, int[] other, double[] distances) {
            this.one = one;
            this.other = other;
            this.distances = distances;
            this.sorted = distances.clone();
            Arrays.sort(sorted);
        }

        /** How many are nearer: the first index that is not. */
        int nearerThan(double distance) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] < distance) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private Side where(List<String> subjects, PairTest test) {
            IntPredicate chosen = i -> test.test(subjects.get(one[i]), subjects.get(other[i]));
            int[] kept = IntStream.range(0, one.length).filter(chosen).toArray();
            return new Side(
                    Arrays.stream(kept).map(i -> one[i]).toArray(),
                    Arrays.stream(kept).map(i -> other[i]).toArray(),
                    Arrays.stream(kept).mapToDouble(i -> distances[i]).toArray());
        }
    }

    /** Collects comparisons. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private final Growing mated = new Growing();
        private final Growing nonMated = new Growing();

        private Builder() {}

        /** A comparison of samples of two people; of the same name, a mated one. */
        public Builder add(String one, String other, double distance) {
            if (!Double.isFinite(distance)) {
                throw new IllegalArgumentException(
                        "the distance of " + one + " and " + other + " is a finite number, not " + distance);
            }
            Growing side = one.equals(other) ? mated : nonMated;
            side.add(number(one), number(other), distance);
            return this;
        }

        private int number(String subject) {
            return numbers.computeIfAbsent(Objects.requireNonNull(subject, "subject"), name -> numbers.size());
        }

        public Comparisons build() {
            return new Comparisons(new ArrayList<>(numbers.keySet()), mated.side(), nonMated.side());
        }
    }

    private static final class Growing {
        private int[] one = new int[64];
        private int[] other = new int[64];
        private double[] distances = new double[64];
        private int size;

        void add(int first, int second, double distance) {
            if (size == one.length) {
                one = Arrays.copyOf(one, 2 * size);
                other = Arrays.copyOf(other, 2 * size);
                distances = Arrays.copyOf(distances, 2 * size);
            }
            one[size] = first;
            other[size] = second;
            distances[size++] = distance;
        }

        Side side() {
            return new Side(Arrays.copyOf(one, size), Arrays.copyOf(other, size), Arrays.copyOf(distances, size));
        }
    }
}
