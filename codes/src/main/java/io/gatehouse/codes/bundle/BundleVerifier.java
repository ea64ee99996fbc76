package io.gatehouse.codes.bundle;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.signed.SignedPayload;
import io.gatehouse.codes.internal.signed.SignedPayload.Kind;
import io.gatehouse.core.reason.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says of the bytes of a bundle whether a gate may work by it: named steps, each with its own reason. Immutable and
 * thread-safe; never throws, whatever the bytes.
 */
final class BundleVerifier {
    private static final Logger LOG = System.getLogger(GateBundle.class.getName());

    private final Duration skew;
    private final List<Step> steps = List.of(
            BundleVerifier::checkLength,
            BundleVerifier::unpack,
            BundleVerifier::followKeys,
            BundleVerifier::checkKey,
            BundleVerifier::checkSignature,
            BundleVerifier::decode,
            this::checkTime,
            BundleVerifier::checkCounter);

    BundleVerifier(Duration skew) {
        this.skew = skew;
    }

    @FunctionalInterface
    private interface Step {
        Optional<Reason> examine(Examination it);
    }

    /** A bundle to work by, with the key that is trusted from then on and what was signed by it; or why not. */
    record Verified(Optional<Reason> why, @Nullable Bundle bundle, Pin pin, byte[] signed) {}

    /**
     * Verifies a bundle.
     *
     * @param pin     the key that is trusted so far
     * @param counter that of the bundle so far, 0 without one
     * @param held    the signed bytes of the bundle so far
     */
    Verified verify(byte[] parcel, Pin pin, long counter, byte[] held, Instant now) {
        Examination it = new Examination(parcel, pin, counter, held, now);
        for (Step step : steps) {
            Optional<Reason> refusal = step.examine(it);
            if (refusal.isPresent()) {
                return new Verified(refusal, null, pin, held);
            }
        }
        return new Verified(Optional.empty(), it.bundle(), it.pin, it.signed);
    }

    /** A bundle that was verified before, from the gate's own disk; empty if there is none or it was damaged. */
    static Optional<Bundle> read(byte[] signed, Pin pin) {
        if (signed.length == 0) {
            return Optional.empty();
        }
        try {
            SignedPayload envelope = SignedPayload.parse(signed, BundleCodec.MAX_BUNDLE);
            if (!envelope.isSignedBy(Kind.BUNDLE, pin.key())) {
                throw new CborException("it is not signed by the key that this gate trusts");
            }
            return Optional.of(BundleCodec.decode(envelope.payload()));
        } catch (CborException e) {
            LOG.log(Level.ERROR, "the bundle is damaged on this gate's disk: fetch it again", e);
            return Optional.empty();
        }
    }

    private static Optional<Reason> checkLength(Examination it) {
        return it.parcel.length > BundleCodec.MAX_BUNDLE
                ? refuse(
                        "bundle.too-long",
                        "A bundle of %d bytes is more than the %d that a gate reads: it was not made by us.",
                        it.parcel.length,
                        BundleCodec.MAX_BUNDLE)
                : Optional.empty();
    }

    private static Optional<Reason> unpack(Examination it) {
        try {
            CborReader reader = CborReader.of(it.parcel, BundleCodec.MAX_BUNDLE);
            reader.readArrayHead(2, 2);
            int changes = reader.readArrayHead(0, BundleSigner.MAX_CHANGES);
            for (int at = 0; at < changes; at++) {
                it.changes.add(KeyChange.read(reader.readBytes(KeyChange.MAX_BYTES)));
            }
            it.signed = reader.readBytes(BundleCodec.MAX_BUNDLE);
            reader.requireEnd();
            it.envelope = SignedPayload.parse(it.signed, BundleCodec.MAX_BUNDLE);
            return Optional.empty();
        } catch (CborException e) {
            return malformed(e);
        }
    }

    /** Changes that lead to the key that is trusted already are passed over; the others must each be signed by the last. */
    private static Optional<Reason> followKeys(Examination it) {
        for (KeyChange change : it.changes) {
            if (change.number() <= it.pin.number()) {
                continue;
            }
            if (change.number() != it.pin.number() + 1 || !change.isSignedBy(it.pin.key())) {
                return refuse(
                        "bundle.key-change",
                        "A change to bundle key %s, number %d, is not signed by number %d, which this gate trusts: pin it"
                                + " by hand.",
                        change.next().id(),
                        change.number(),
                        it.pin.number());
            }
            it.pin = new Pin(change.next(), change.number());
        }
        return Optional.empty();
    }

    private static Optional<Reason> checkKey(Examination it) {
        return it.envelope().key().equals(it.pin.key().id())
                ? Optional.empty()
                : refuse(
                        "bundle.unknown-key",
                        "A bundle is signed by key %s, this gate trusts key %s, number %d: fetch one that leads to it.",
                        it.envelope().key(),
                        it.pin.key().id(),
                        it.pin.number());
    }

    private static Optional<Reason> checkSignature(Examination it) {
        return it.envelope().isSignedBy(Kind.BUNDLE, it.pin.key())
                ? Optional.empty()
                : refuse("bundle.signature", "A bundle was changed on its way or not made by us: fetch it again.");
    }

    private static Optional<Reason> decode(Examination it) {
        try {
            it.bundle = BundleCodec.decode(it.envelope().payload());
            return Optional.empty();
        } catch (CborException e) {
            return malformed(e);
        }
    }

    private Optional<Reason> checkTime(Examination it) {
        return it.bundle().issuedAt().isAfter(it.now.plus(skew))
                ? refuse(
                        "bundle.from-the-future",
                        "A bundle is of %s and this gate's clock says %s: set the clock.",
                        it.bundle().issuedAt(),
                        it.now)
                : Optional.empty();
    }

    private static Optional<Reason> checkCounter(Examination it) {
        long counter = it.bundle().counter();
        if (counter < it.counter) {
            return refuse(
                    "bundle.went-back",
                    "Bundle %d is older than bundle %d, which this gate has: fetch the newest.",
                    counter,
                    it.counter);
        }
        // The same bundle again may only come with more changes of the key, under which it is signed anew.
        return counter == it.counter && !it.isSameContent()
                ? refuse(
                        "bundle.forked",
                        "Two different bundles say that they are number %d: ask whoever makes them.",
                        counter)
                : Optional.empty();
    }

    private static Optional<Reason> malformed(Exception why) {
        return refuse("bundle.malformed", "A bundle is damaged (%s): fetch it again.", why.getMessage());
    }

    private static Optional<Reason> refuse(String code, String text, @Nullable Object... arguments) {
        return Optional.of(Reason.format(code, text, arguments));
    }

    /** What is known of a bundle so far. Used by one thread. */
    private static final class Examination {
        private final byte[] parcel;
        private final long counter;
        private final byte[] held;
        private final Instant now;
        private final List<KeyChange> changes = new ArrayList<>();
        private Pin pin;
        private byte[] signed = {};
        private @Nullable SignedPayload envelope;
        private @Nullable Bundle bundle;

        Examination(byte[] parcel, Pin pin, long counter, byte[] held, Instant now) {
            this.parcel = parcel;
            this.pin = pin;
            this.counter = counter;
            this.held = held;
            this.now = now;
        }

        boolean isSameContent() {
            try {
                byte[] before =
                        SignedPayload.parse(held, BundleCodec.MAX_BUNDLE).payload();
                return Arrays.equals(before, envelope().payload());
            } catch (CborException e) {
                // The disk damaged it: the same number comes again.
                return true;
            }
        }

        SignedPayload envelope() {
            return require(envelope);
        }

        Bundle bundle() {
            return require(bundle);
        }

        private static <T> T require(@Nullable T left) {
            if (left == null) {
                throw new IllegalStateException("an earlier step leaves it");
            }
            return left;
        }
    }
}
