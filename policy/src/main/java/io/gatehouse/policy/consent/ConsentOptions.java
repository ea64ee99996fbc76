package io.gatehouse.policy.consent;

import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.policy.retain.HeldData;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a consent register works with. Immutable and thread-safe.
 *
 * @param ledger       where every change is recorded
 * @param held         what must not be destroyed yet when a consent ends
 * @param ages         below which age a guardian must answer
 * @param longestValid how long a yes is good at most, whatever its terms say; counted from the answer
 */
public record ConsentOptions(Optional<Ledger> ledger, HeldData held, AgeRule ages, Optional<Duration> longestValid) {
    private static final ConsentOptions PLAIN =
            new ConsentOptions(Optional.empty(), HeldData.NONE, AgeRule.none(), Optional.empty());

    public ConsentOptions {
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(held, "held");
        Objects.requireNonNull(ages, "ages");
        Objects.requireNonNull(longestValid, "longestValid");
        if (longestValid.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
            throw new IllegalArgumentException("a yes is good for some time, not " + longestValid.get());
        }
    }

    /** No ledger, no holds, no ages, good until withdrawn. */
    public static ConsentOptions plain() {
        return PLAIN;
    }

    public ConsentOptions recordedIn(Ledger where) {
        return new ConsentOptions(Optional.of(where), held, ages, longestValid);
    }

    public ConsentOptions honouring(HeldData holds) {
        return new ConsentOptions(ledger, holds, ages, longestValid);
    }

    public ConsentOptions ages(AgeRule rule) {
        return new ConsentOptions(ledger, held, rule, longestValid);
    }

    public ConsentOptions longestValid(Duration time) {
        return new ConsentOptions(ledger, held, ages, Optional.of(time));
    }
}
