package io.gatehouse.policy.permit.facts;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What was seen at the portal: by what somebody was identified and how surely, whether they are alive, who is with them, what
 * they wear, how warm they are. Immutable and thread-safe; {@code toString} leaves out who is with them and the temperature.
 */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
public final class Presented {
    private static final Method[] METHODS = Method.values();

    private final double[] scores = new double[METHODS.length];
    private final int mask;
    private final boolean liveness;
    private final Set<PersonId> escorts;
    private final Set<String> equipment;
    private final OptionalDouble temperature;

    private Presented(Builder parts) {
        Arrays.fill(scores, Double.NaN);
        int methods = 0;
        for (Map.Entry<Method, Double> shown : parts.scores.entrySet()) {
            scores[shown.getKey().ordinal()] = shown.getValue();
            methods |= 1 << shown.getKey().ordinal();
        }
        this.mask = methods;
        this.liveness = parts.liveness;
        this.escorts = Set.copyOf(parts.escorts);
        this.equipment = Set.copyOf(parts.equipment);
        this.temperature = parts.temperature;
    }

    /** Identification by one method; score as in {@link io.gatehouse.core.identity.Identity.Known}. */
    public static Presented of(Method method, double score) {
        return builder().method(method, score).build();
    }

    /** Nothing, as where somebody uses a program and not a door. */
    public static Presented nothing() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The methods as bits by their ordinals. */
    public int methodMask() {
        return mask;
    }

    public boolean hasMethod(Method method) {
        return (mask & 1 << method.ordinal()) != 0;
    }

    /** How sure this method is; NaN if it was not used. */
    public double score(Method method) {
        return scores[method.ordinal()];
    }

    /** How sure the surest of the methods with these bits is; NaN if none of them was used. */
    public double bestScore(int methods) {
        double best = Double.NaN;
        for (int i = 0; i < scores.length; i++) {
            if ((methods & mask & 1 << i) != 0 && !(best >= scores[i])) {
                best = scores[i];
            }
        }
        return best;
    }

    public boolean liveness() {
        return liveness;
    }

    public Set<PersonId> escorts() {
        return escorts;
    }

    public Set<String> equipment() {
        return equipment;
    }

    /** Body temperature in °C, if it was measured. */
    public OptionalDouble temperature() {
        return temperature;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Presented that
                && Arrays.equals(scores, that.scores)
                && liveness == that.liveness
                && escorts.equals(that.escorts)
                && equipment.equals(that.equipment)
                && temperature.equals(that.temperature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(scores), liveness, escorts, equipment, temperature);
    }

    @Override
    public String toString() {
        return "Presented[methods " + Integer.toBinaryString(mask) + ", liveness " + liveness + ", " + escorts.size()
                + " escorts, equipment " + equipment + "]";
    }

    /** Collects what was seen. Not thread-safe. */
    public static final class Builder {
        private final Map<Method, Double> scores = new EnumMap<>(Method.class);
        private final Set<PersonId> escorts = new HashSet<>();
        private final Set<String> equipment = new HashSet<>();
        private boolean liveness;
        private OptionalDouble temperature = OptionalDouble.empty();

        private Builder() {}

        /** Identified by this, too. */
        public Builder method(Method method, double score) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("the score of " + method + " is not a number");
            }
            scores.put(method, score);
            return this;
        }

        public Builder liveness(boolean seen) {
            liveness = seen;
            return this;
        }

        public Builder escorts(PersonId... persons) {
            escorts.addAll(List.of(persons));
            return this;
        }

        public Builder equipment(String... worn) {
            equipment.addAll(List.of(worn));
            return this;
        }

        /** Body temperature in °C. */
        public Builder temperature(double celsius) {
            if (Double.isNaN(celsius)) {
                throw new IllegalArgumentException("a body temperature is a number");
            }
            temperature = OptionalDouble.of(celsius);
            return this;
        }

        public Presented build() {
            return new Presented(this);
        }
    }
}
