package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Below which age a guardian must answer. Immutable; thread-safe if the function is. The age counts by the calendar of a
 * zone; whoever was born on 29 February is a year older on 1 March of a common year.
 *
 * @param ownAnswerFrom the age, in whole years, from which a person answers alone; 0 asks nobody's age
 * @param birthDates    the site's knowledge; whose is not known counts as old enough, so know it of all who may not be
 * @param zone          by whose calendar
 */
public record AgeRule(int ownAnswerFrom, Function<PersonId, Optional<LocalDate>> birthDates, ZoneId zone) {
    private static final int MAX_AGE = 30;

    public AgeRule {
        Objects.requireNonNull(birthDates, "birthDates");
        Objects.requireNonNull(zone, "zone");
        if (ownAnswerFrom < 0 || ownAnswerFrom > MAX_AGE) {
            throw new IllegalArgumentException(
                    "people answer alone from an age of 0 to " + MAX_AGE + ", not " + ownAnswerFrom);
        }
    }

    /** Everybody answers alone. */
    public static AgeRule none() {
        return new AgeRule(0, person -> Optional.empty(), ZoneId.of("UTC"));
    }

    /** Whether at this time the person was too young to answer alone. */
    boolean needsGuardian(PersonId person, Instant at) {
        if (ownAnswerFrom == 0) {
            return false;
        }
        LocalDate day = at.atZone(zone).toLocalDate();
        return birthDates
                .apply(person)
                .filter(born -> Period.between(born, day).getYears() < ownAnswerFrom)
                .isPresent();
    }
}
