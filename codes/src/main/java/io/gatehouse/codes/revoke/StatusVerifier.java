package io.gatehouse.codes.revoke;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.signed.SignedPayload;
import io.gatehouse.codes.internal.signed.SignedPayload.Kind;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.KeyUse;
import io.gatehouse.codes.revoke.StatusLists.Verified;
import io.gatehouse.codes.revoke.StatusMessage.Changes;
import io.gatehouse.codes.revoke.StatusMessage.Whole;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says of the bytes of a status list whether a gate may go by it: named steps, each with its own reason; nothing is inflated
 * before the signature. Thread-safe; never throws, whatever the bytes.
 */
final class StatusVerifier {
    private final StatusListOptions options;
    private final List<Step> steps = List.of(
            StatusVerifier::checkLength,
            StatusVerifier::decode,
            StatusVerifier::checkKey,
            StatusVerifier::checkSignature,
            StatusVerifier::readClaims,
            this::checkIssuer,
            this::checkTime,
            StatusVerifier::checkVersion,
            StatusVerifier::open,
            StatusVerifier::checkFork);

    StatusVerifier(StatusListOptions options) {
        this.options = options;
    }

    @FunctionalInterface
    private interface Step {
        Optional<Reason> examine(Examination it);
    }

    /**
     * Verifies a signed list.
     *
     * @param held what the gate goes by so far, by number; none that it no longer trusts
     */
    Verified verify(byte[] signed, KeyRing keys, IntFunction<Optional<HeldList>> held, Instant now) {
        Examination it = new Examination(signed, keys, held, now);
        for (Step step : steps) {
            Optional<Reason> refusal = step.examine(it);
            if (refusal.isPresent()) {
                return Verified.not(refusal.get());
            }
        }
        StatusMessage message = it.message();
        return Verified.of(new HeldList(
                it.list(), message.issuedAt(), message.maxAge(), it.envelope().key()));
    }

    private static Optional<Reason> checkLength(Examination it) {
        return refuseIf(
                it.signed.length > StatusCodec.MAX_MESSAGE,
                "status.too-long",
                "A status list of %d bytes is more than the %d that one can have: it was not made by us.",
                it.signed.length,
                StatusCodec.MAX_MESSAGE);
    }

    private static Optional<Reason> decode(Examination it) {
        try {
            it.envelope = SignedPayload.parse(it.signed, StatusCodec.MAX_MESSAGE);
            return Optional.empty();
        } catch (CborException e) {
            return malformed(e);
        }
    }

    private static Optional<Reason> checkKey(Examination it) {
        Optional<IssuerKey> key = it.keys.find(it.envelope().key());
        it.key = key;
        if (key.isEmpty()) {
            return refuse(
                    "status.unknown-key",
                    "This gate does not know the key %s of a status list: give it a newer bundle.",
                    it.envelope().key());
        }
        if (key.get().state() == IssuerKey.State.REVOKED) {
            return refuse(
                    "status.revoked-key",
                    "The key %s of a status list was withdrawn: have it signed by another.",
                    key.get().id());
        }
        return key.get()
                .whyNot(KeyUse.STATUS_LISTS, it.now)
                .flatMap(why -> refuse(
                        "status.key-not-for-lists",
                        "The key %s may not sign this status list (%s): have it signed by another.",
                        key.get().id(),
                        why.text()));
    }

    private static Optional<Reason> checkSignature(Examination it) {
        return refuseIf(
                !it.envelope().isSignedBy(Kind.STATUS_LIST, it.key.orElseThrow()),
                "status.signature",
                "A status list was changed on its way or not made by the issuer: fetch it again.");
    }

    private static Optional<Reason> readClaims(Examination it) {
        try {
            StatusMessage message = StatusCodec.decode(it.envelope().payload());
            it.message = message;
            it.held = it.heldByNumber.apply(message.number());
            return Optional.empty();
        } catch (CborException e) {
            return malformed(e);
        }
    }

    /** The name in it is signed, but only the key's own tenant makes it true. */
    private Optional<Reason> checkIssuer(Examination it) {
        String tenant = it.key.orElseThrow().scope().tenant();
        boolean ours = it.message().issuer().equals(options.tenant()) && tenant.equals(options.tenant());
        return refuseIf(
                !ours,
                "status.other-issuer",
                "A status list is of '%s' under a key of '%s', this gate takes those of '%s': check where it fetches them.",
                it.message().issuer(),
                tenant,
                options.tenant());
    }

    private Optional<Reason> checkTime(Examination it) {
        return refuseIf(
                it.message().issuedAt().isAfter(it.now.plus(options.skew())),
                "status.from-the-future",
                "A status list is of %s and this gate's clock says %s: set the clock.",
                it.message().issuedAt(),
                it.now);
    }

    private static Optional<Reason> checkVersion(Examination it) {
        StatusMessage message = it.message();
        return it.held
                .filter(mine -> message.version() < mine.list().version()
                        || message.issuedAt().isBefore(mine.issuedAt()))
                .flatMap(mine -> refuse(
                        "status.went-back",
                        "Version %d of %s of status list %d is older than version %d of %s, which this gate has.",
                        message.version(),
                        message.issuedAt(),
                        message.number(),
                        mine.list().version(),
                        mine.issuedAt()));
    }

    private static Optional<Reason> open(Examination it) {
        StatusMessage message = it.message();
        try {
            if (message.content() instanceof Changes changes) {
                return apply(it, changes);
            }
            it.list = StatusCodec.open(message.number(), message.version(), (Whole) message.content());
            return Optional.empty();
        } catch (CborException e) {
            return malformed(e);
        }
    }

    private static Optional<Reason> apply(Examination it, Changes changes) throws CborException {
        StatusMessage message = it.message();
        Optional<StatusList> base = it.held
                .map(HeldList::list)
                .filter(mine -> mine.version() == changes.base()
                        && mine.bits() == changes.bits()
                        && mine.size() == changes.size()
                        && Arrays.equals(mine.digest(), changes.baseDigest()));
        if (base.isEmpty()) {
            return refuse(
                    "status.wrong-base",
                    "What changed in status list %d since version %d does not go with %s: fetch the whole list.",
                    message.number(),
                    changes.base(),
                    it.held
                            .map(mine -> "version " + mine.list().version() + " here")
                            .orElse("none here"));
        }
        try {
            StatusList later = base.get().with(message.version(), StatusCodec.open(changes));
            it.list = later;
            return refuseIf(
                    !Arrays.equals(later.digest(), changes.digest()),
                    "status.wrong-result",
                    "What changed in status list %d does not give what its issuer has: fetch the whole list.",
                    message.number());
        } catch (IllegalArgumentException e) {
            return malformed(e);
        }
    }

    /** One version has one content; a second one means that two programs sign as this issuer. */
    private static Optional<Reason> checkFork(Examination it) {
        StatusList list = it.list();
        return it.held
                .map(HeldList::list)
                .filter(mine -> mine.version() == list.version() && !mine.equals(list))
                .flatMap(mine -> refuse(
                        "status.forked",
                        "Two different lists say that they are version %d of status list %d: ask the issuer.",
                        list.version(),
                        list.number()));
    }

    private static Optional<Reason> malformed(Exception why) {
        return refuse("status.malformed", "A status list is damaged (%s): fetch it again.", why.getMessage());
    }

    private static Optional<Reason> refuseIf(boolean refused, String code, String text, Object... arguments) {
        return refused ? Optional.of(Reason.format(code, text, arguments)) : Optional.empty();
    }

    private static Optional<Reason> refuse(String code, String text, @Nullable Object... arguments) {
        return Optional.of(Reason.format(code, text, arguments));
    }

    /** What is known of a list so far. Used by one thread. */
    private static final class Examination {
        private final byte[] signed;
        private final KeyRing keys;
        private final IntFunction<Optional<HeldList>> heldByNumber;
        private final Instant now;
        private @Nullable SignedPayload envelope;
        private Optional<IssuerKey> key = Optional.empty();
        private @Nullable StatusMessage message;
        private Optional<HeldList> held = Optional.empty();
        private @Nullable StatusList list;

        Examination(byte[] signed, KeyRing keys, IntFunction<Optional<HeldList>> held, Instant now) {
            this.signed = signed;
            this.keys = keys;
            this.heldByNumber = held;
            this.now = now;
        }

        SignedPayload envelope() {
            return require(envelope);
        }

        StatusMessage message() {
            return require(message);
        }

        StatusList list() {
            return require(list);
        }

        private static <T> T require(@Nullable T left) {
            if (left == null) {
                throw new IllegalStateException("an earlier step leaves it");
            }
            return left;
        }
    }
}
