package io.gatehouse.codes.token;

import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verifier;
import java.time.Duration;

/** Two kinds of codes, told apart by their prefixes. As thread-safe as they are. */
record EitherVerifier(Verifier one, Verifier other) implements Verifier {
    @Override
    public Verification verify(byte[] payload, Presentation presentation) {
        Verification first = one.verify(payload, presentation);
        if (!isOfAnotherKind(first)) {
            return first;
        }
        Verification second = other.verify(payload, presentation);
        return isOfAnotherKind(second) ? first : second;
    }

    /** A kind whose codes may be shorter finds those of another too long before it looks at their prefix. */
    private static boolean isOfAnotherKind(Verification verification) {
        return verification instanceof Rejected rejected
                && (rejected.step() == Step.PREFIX || rejected.step() == Step.LENGTH);
    }

    @Override
    public Duration skew() {
        return one.skew().compareTo(other.skew()) > 0 ? one.skew() : other.skew();
    }
}
