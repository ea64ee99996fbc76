package io.gatehouse.policy.permit.rule;

import io.gatehouse.core.identity.Purpose;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What somebody must show or have beside being whom a rule is about: all of it. Immutable and thread-safe.
 *
 * @param maxFalseMatchRate how sure one of the presented methods must be, as a false match rate; 1 asks for nothing
 * @param kinds             how many different kinds of evidence, 1 or 2 (a face and a card, for a vault)
 * @param liveness          that somebody alive was seen
 * @param escort            that an escort is present
 * @param visit             that a visit, a contract or another stay of their own covers the time and the place
 * @param equipment         protective equipment that is worn, all of it
 * @param temperatureBelow  the body temperature in °C, measured now, that must not be reached
 * @param consents          purposes they consented to, all of them
 * @param approvals         approvals in force, all of them
 * @param inductions        inductions done and not expired, all of them
 */
public record Requirements(
        double maxFalseMatchRate,
        int kinds,
        boolean liveness,
        boolean escort,
        boolean visit,
        Set<String> equipment,
        OptionalDouble temperatureBelow,
        Set<Purpose> consents,
        Set<String> approvals,
        Set<String> inductions) {

    private static final int MAX_NAME = 64;
    private static final int MAX_NAMES = 20;
    private static final Requirements NONE =
            new Requirements(1, 1, false, false, false, Set.of(), OptionalDouble.empty(), Set.of(), Set.of(), Set.of());

    public Requirements {
        if (!(maxFalseMatchRate > 0 && maxFalseMatchRate <= 1)) {
            throw new IllegalArgumentException(
                    "a false match rate lies above 0 and up to 1, not at " + maxFalseMatchRate);
        }
        if (kinds < 1 || kinds > 2) {
            throw new IllegalArgumentException("1 or 2 kinds of evidence can be asked for, not " + kinds);
        }
        temperatureBelow.ifPresent(Requirements::requireBodyTemperature);
        equipment = requireNames("equipment", equipment);
        approvals = requireNames("approval", approvals);
        inductions = requireNames("induction", inductions);
        consents = Set.copyOf(consents);
        Objects.requireNonNull(temperatureBelow, "temperatureBelow");
    }

    /** Asks for nothing. */
    public static Requirements none() {
        return NONE;
    }

    public static RequirementsBuilder builder() {
        return new RequirementsBuilder();
    }

    public boolean isNone() {
        return equals(NONE);
    }

    private static void requireBodyTemperature(double celsius) {
        if (!(celsius >= 30 && celsius <= 45)) {
            throw new IllegalArgumentException(
                    "a limit of body temperature lies between 30 and 45 °C, not at " + celsius);
        }
    }

    private static Set<String> requireNames(String what, Set<String> names) {
        if (names.size() > MAX_NAMES) {
            throw new IllegalArgumentException(
                    "at most " + MAX_NAMES + " names of " + what + " can be asked for, not " + names.size());
        }
        for (String name : names) {
            if (name.isBlank() || name.length() > MAX_NAME) {
                throw new IllegalArgumentException(
                        "a name of " + what + " has 1 to " + MAX_NAME + " characters, this one " + name.length());
            }
        }
        return Set.copyOf(names);
    }
}
