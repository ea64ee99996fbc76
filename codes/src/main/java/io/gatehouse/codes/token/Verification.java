package io.gatehouse.codes.token;

import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.core.reason.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/** What verifying a code came to: a pass, or the step that refused it and why. Sealed, immutable, thread-safe. */
public sealed interface Verification {
    /** The steps, in their order; whatever is refused by one is not looked at by the next. */
    enum Step {
        /** No more bytes than a pass can have ({@code code.too-long}). */
        LENGTH,
        /** It begins as our passes do ({@code code.prefix}). */
        PREFIX,
        /** It is base45, CBOR and COSE_Sign1 as the profile wants them ({@code code.malformed}). */
        DECODE,
        /** Its key is in the ring, of a tenant that is taken here ({@code code.unknown-key}, {@code code.wrong-issuer}). */
        KEY,
        /** Its algorithm is one that the key is for ({@code code.algorithm}). */
        ALGORITHM,
        /** It is signed by that key ({@code code.signature}). */
        SIGNATURE,
        /** What is signed is a pass ({@code code.malformed}). */
        CLAIMS,
        /** The gate's time is believed ({@code clock.…}). */
        CLOCK,
        /**
         * Its key was not withdrawn, is active already, and may sign such passes ({@code code.revoked-key},
         * {@code code.key-not-active}, {@code code.key-use}).
         */
        KEY_VALIDITY,
        /** It has begun and not expired ({@code code.not-yet-valid}, {@code code.expired}). */
        VALIDITY,
        /** It is of a type that is taken here ({@code code.wrong-type}). */
        TYPE,
        /** It is for the zone behind the portal ({@code code.wrong-zone}, {@code code.unknown-zone}). */
        ZONE,
        /** It is for this portal ({@code code.wrong-gate}). */
        GATE,
        /** It was not taken back, as far as the gate's lists say ({@code code.status-unknown} and those of the lists). */
        REVOCATION,
        /**
         * It is shown by its holder's phone, if it must be ({@code code.holder-missing}, {@code code.holder-key},
         * {@code code.holder-signature}).
         */
        HOLDER,
        /** A code that changes with time: it is the one of this moment ({@code code.stale}, {@code code.ahead}). */
        FRESHNESS,
        /** A code that changes with time: none as new was taken before ({@code code.replayed}, {@code code.replay-unknown}). */
        REPLAY
    }

    /** Verifies codes of one or several kinds. Implementations are thread-safe and throw nothing, whatever the bytes. */
    interface Verifier {
        /** Verifies what a scanner read. */
        Verification verify(byte[] payload, Presentation presentation);

        /** How long after it expires a pass may still be taken. */
        Duration skew();

        /** Codes of this kind and of another; what is of neither is refused as this one refuses it. */
        default Verifier or(Verifier other) {
            return new EitherVerifier(this, other);
        }
    }

    /** Applies the function of the case that this is. */
    <T> T fold(Function<? super Verified, ? extends T> verified, Function<? super Rejected, ? extends T> rejected);

    /**
     * A genuine pass that is valid here and now, apart from whether it was used already.
     *
     * @param pass   what it says
     * @param key    the key that it was made with
     * @param tenant whose key that is; empty is the house itself
     */
    record Verified(Pass pass, KeyId key, String tenant) implements Verification {
        public Verified {
            Objects.requireNonNull(pass, "pass");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(tenant, "tenant");
        }

        @Override
        public <T> T fold(
                Function<? super Verified, ? extends T> verified, Function<? super Rejected, ? extends T> rejected) {
            return verified.apply(this);
        }
    }

    /**
     * Not taken.
     *
     * @param step   the step that refused it
     * @param reason why
     */
    record Rejected(Step step, Reason reason) implements Verification {
        public Rejected {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Verified, ? extends T> verified, Function<? super Rejected, ? extends T> rejected) {
            return rejected.apply(this);
        }
    }
}
