package io.gatehouse.policy.consent.regime;

import java.time.Period;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One thing that a law asks. Immutable and thread-safe.
 *
 * @param id                its name within the regime, lower-case words joined by {@code -}
 * @param check             how it is checked
 * @param text              what is asked, in a sentence
 * @param source            where the law says so
 * @param time              a limit in time: how long a record is kept at least, or data at most
 * @param people            from how many people on it holds
 * @param withinWorkingDays how many working days there are
 */
public record Duty(
        String id,
        DutyCheck check,
        String text,
        String source,
        Optional<Period> time,
        OptionalInt people,
        OptionalInt withinWorkingDays) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public Duty {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(people, "people");
        Objects.requireNonNull(withinWorkingDays, "withinWorkingDays");
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("a duty's id is lower-case words joined by '-', not '" + id + "'");
        }
        if (text.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("duty " + id + " says what it asks, and where the law says so");
        }
        if (check == DutyCheck.FILING && (people.isEmpty() || withinWorkingDays.isEmpty())) {
            throw new IllegalArgumentException("duty " + id + " to file needs 'people' and 'within-working-days'");
        }
        if (check == DutyCheck.RETENTION_AT_MOST && time.isEmpty()) {
            throw new IllegalArgumentException("duty " + id + " to keep for so long at most needs 'time'");
        }
    }
}
