package io.gatehouse.policy.permit.rule;

import io.gatehouse.core.identity.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Collects {@link Requirements}; what is not said is not asked for. Not thread-safe. */
public final class RequirementsBuilder {
    private final Set<String> equipment = new HashSet<>();
    private final Set<Purpose> consents = new HashSet<>();
    private final Set<String> approvals = new HashSet<>();
    private final Set<String> inductions = new HashSet<>();
    private double maxFalseMatchRate = 1;
    private int kinds = 1;
    private boolean liveness;
    private boolean escort;
    private boolean visit;
    private OptionalDouble temperatureBelow = OptionalDouble.empty();

    RequirementsBuilder() {}

    /** How sure one of the presented methods must be. */
    public RequirementsBuilder maxFalseMatchRate(double rate) {
        maxFalseMatchRate = rate;
        return this;
    }

    /** Two different kinds of evidence, such as a face and a card. */
    public RequirementsBuilder twoKinds() {
        kinds = 2;
        return this;
    }

    public RequirementsBuilder liveness() {
        liveness = true;
        return this;
    }

    public RequirementsBuilder escort() {
        escort = true;
        return this;
    }

    /** A visit, a contract or another stay of their own that covers the time and the place. */
    public RequirementsBuilder visit() {
        visit = true;
        return this;
    }

    public RequirementsBuilder equipment(String... names) {
        equipment.addAll(List.of(names));
        return this;
    }

    public RequirementsBuilder temperatureBelow(double celsius) {
        temperatureBelow = OptionalDouble.of(celsius);
        return this;
    }

    public RequirementsBuilder consents(Purpose... purposes) {
        consents.addAll(List.of(purposes));
        return this;
    }

    public RequirementsBuilder approvals(String... names) {
        approvals.addAll(List.of(names));
        return this;
    }

    public RequirementsBuilder inductions(String... names) {
        inductions.addAll(List.of(names));
        return this;
    }

    public Requirements build() {
        return new Requirements(
                maxFalseMatchRate,
                kinds,
                liveness,
                escort,
                visit,
                equipment,
                temperatureBelow,
                consents,
                approvals,
                inductions);
    }
}
