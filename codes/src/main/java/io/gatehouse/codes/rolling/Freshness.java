package io.gatehouse.codes.rolling;

import io.gatehouse.codes.token.Verification;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What both kinds of rolling codes end with: the code is of now, and none as new was taken. Thread-safe. */
final class Freshness {
    private static final Logger LOG = System.getLogger(Freshness.class.getName());
    /** A code of the step before or after is taken: clocks differ, and people need a moment. */
    static final int STEPS_OFF = 1;

    private final StepRegister register;
    private final RollingStep step;
    private final Duration skew;

    Freshness(StepRegister register, RollingStep step, Duration skew) {
        this.register = Objects.requireNonNull(register, "register");
        this.step = Objects.requireNonNull(step, "step");
        this.skew = skew;
    }

    RollingStep step() {
        return step;
    }

    /** Whether a code of so many steps later than now (earlier if negative) is of this moment. */
    Optional<Rejected> whyNotFresh(long stepsOff) {
        if (Math.abs(stepsOff) <= STEPS_OFF) {
            return Optional.empty();
        }
        Reason reason = stepsOff < 0
                ? Reason.format(
                        "code.stale",
                        "This code was shown %d s ago: show it on the phone itself, not a picture of it.",
                        -stepsOff * step.seconds())
                : Reason.format(
                        "code.ahead",
                        "The phone's clock is %d s ahead: set it by the network.",
                        stepsOff * step.seconds());
        return Optional.of(new Rejected(Step.FRESHNESS, reason));
    }

    /** Takes the step, as the last thing that is done. */
    Verification take(Verified verified, long number) {
        String tenant = verified.tenant().isEmpty() ? "" : verified.tenant() + "/";
        try {
            boolean taken = register.take(
                    tenant + verified.pass().id(),
                    step.start(number),
                    verified.pass().expiresAt().plus(skew));
            return taken
                    ? verified
                    : new Rejected(
                            Step.REPLAY,
                            Reason.format(
                                    "code.replayed",
                                    "This code, or a later one, was shown before: wait up to %d s for the next.",
                                    step.seconds() * (1 + STEPS_OFF)));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "a step of the pass " + verified.pass().id() + " could not be taken", e);
            return new Rejected(
                    Step.REPLAY,
                    Reason.of(
                            "code.replay-unknown",
                            "It cannot be known whether this code was shown before: ask the guard."));
        }
    }
}
