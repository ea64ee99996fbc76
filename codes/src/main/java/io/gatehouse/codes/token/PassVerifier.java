package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.cose.CoseVerificationKey;
import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says of a code whether it is a genuine pass that is valid here and now, and if not, why: a list of named steps, of
 * which each has its own reason. Needs no network. Whether a single-use pass was used already is not its question but
 * that of {@link io.gatehouse.core.gate.Redemptions}. Thread-safe; never throws, whatever the bytes.
 */
public final class PassVerifier {
    private static final int MAX_TEXT = PassCodec.PREFIX.length + PassCodec.MAX_TOKEN / 2 * 3;

    private final Supplier<KeyRing> keys;
    private final VerificationOptions options;
    private final List<NamedStep> steps = List.of(
            new NamedStep(Step.LENGTH, PassVerifier::checkLength),
            new NamedStep(Step.PREFIX, PassVerifier::checkPrefix),
            new NamedStep(Step.DECODE, PassVerifier::decode),
            new NamedStep(Step.KEY, this::findKey),
            new NamedStep(Step.ALGORITHM, PassVerifier::checkAlgorithm),
            new NamedStep(Step.SIGNATURE, PassVerifier::checkSignature),
            new NamedStep(Step.CLAIMS, PassVerifier::readClaims),
            new NamedStep(Step.CLOCK, this::checkClock),
            new NamedStep(Step.KEY_VALIDITY, this::checkKey),
            new NamedStep(Step.VALIDITY, this::checkValidity),
            new NamedStep(Step.TYPE, this::checkType),
            new NamedStep(Step.ZONE, this::checkZone),
            new NamedStep(Step.GATE, PassVerifier::checkGate),
            new NamedStep(Step.REVOCATION, this::checkStatus));

    private PassVerifier(Supplier<KeyRing> keys, VerificationOptions options) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.options = Objects.requireNonNull(options, "options");
    }

    /** A verifier that asks for the key ring at each verification, so that a changed ring counts at once. */
    public static PassVerifier create(Supplier<KeyRing> keys, VerificationOptions options) {
        return new PassVerifier(keys, options);
    }

    /** Verifies what a scanner read. */
    public Verification verify(byte[] payload, Presentation presentation) {
        Examination examination = new Examination(payload, presentation);
        for (NamedStep step : steps) {
            Optional<Reason> refusal = step.check.examine(examination);
            if (refusal.isPresent()) {
                return new Verification.Rejected(step.name, refusal.get());
            }
        }
        IssuerKey key = examination.issuerKey();
        return new Verification.Verified(
                examination.pass(), key.id(), key.scope().tenant());
    }

    public Verification verify(String text, Presentation presentation) {
        return verify(text.getBytes(StandardCharsets.UTF_8), presentation);
    }

    VerificationOptions options() {
        return options;
    }

    private static Optional<Reason> checkLength(Examination code) {
        int length = code.payload.length;
        return refuseIf(
                length > MAX_TEXT,
                "code.too-long",
                "This code has %d characters, a pass at most %d: show your pass.",
                length,
                MAX_TEXT);
    }

    private static Optional<Reason> checkPrefix(Examination code) {
        int prefix = PassCodec.PREFIX.length;
        boolean ours =
                code.payload.length > prefix && Arrays.equals(code.payload, 0, prefix, PassCodec.PREFIX, 0, prefix);
        return refuseIf(!ours, "code.prefix", "This is not one of our passes: show your pass.");
    }

    private static Optional<Reason> decode(Examination code) {
        Optional<byte[]> token = Base45.decode(code.payload, PassCodec.PREFIX.length);
        if (token.isEmpty()) {
            return malformed("it is not base45");
        }
        try {
            CoseSign1 envelope = PassCodec.readEnvelope(token.get());
            Optional<KeyId> keyId = envelope.keyId().flatMap(KeyId::fromBytes);
            code.envelope = envelope;
            code.keyId = keyId;
            return keyId.isEmpty() ? malformed("its key id has not 2 bytes") : Optional.empty();
        } catch (CborException e) {
            return malformed(e.getMessage());
        }
    }

    private Optional<Reason> findKey(Examination code) {
        KeyId id = code.keyId.orElseThrow();
        Optional<IssuerKey> key = keys.get().find(id);
        if (key.isEmpty()) {
            return refuse("code.unknown-key", "This gate does not know the issuer's key %s: ask the guard.", id);
        }
        code.issuerKey = key;
        String tenant = key.get().scope().tenant();
        return refuseIf(
                !options.tenants().contains(tenant),
                "code.wrong-issuer",
                "The passes of %s are not taken here: ask the guard.",
                tenant.isEmpty() ? "the house" : tenant);
    }

    private static Optional<Reason> checkAlgorithm(Examination code) {
        long algorithm = code.envelope().algorithm().orElseThrow();
        return refuseIf(
                !code.issuerKey().takes(algorithm),
                "code.algorithm",
                "This code is signed with algorithm %d, which key %s is not for: ask for a new pass.",
                algorithm,
                code.issuerKey().id());
    }

    private static Optional<Reason> checkSignature(Examination code) {
        return refuseIf(
                !code.envelope().isSignedBy(new TrustedKey(code.issuerKey())),
                "code.signature",
                "This code was changed or not made by the issuer: ask for a new pass.");
    }

    private static Optional<Reason> readClaims(Examination code) {
        try {
            code.pass = Optional.of(PassCodec.readClaims(code.envelope().payload()));
            return Optional.empty();
        } catch (CborException e) {
            return malformed(e.getMessage());
        }
    }

    private Optional<Reason> checkClock(Examination code) {
        return options.clock().whyNot(code.presentation.at());
    }

    /** The issuer's clock may be ahead of the gate's. */
    private Optional<Reason> checkKey(Examination code) {
        return code.issuerKey().whyNot(code.pass().type().keyUse(), later(code.presentation.at(), options.skew()));
    }

    /** From {@code nbf} on and before {@code exp} (RFC 8392 §3.1.4 and 3.1.5), give or take the skew. */
    private Optional<Reason> checkValidity(Examination code) {
        Pass pass = code.pass();
        if (code.presentation.at().isBefore(pass.notBefore().minus(options.skew()))) {
            return refuse("code.not-yet-valid", "This pass is valid from %s: come then.", pass.notBefore());
        }
        return refuseIf(
                !code.presentation.at().isBefore(pass.expiresAt().plus(options.skew())),
                "code.expired",
                "This pass expired at %s: ask for a new one.",
                pass.expiresAt());
    }

    private Optional<Reason> checkType(Examination code) {
        PassType type = code.pass().type();
        return refuseIf(
                !options.types().contains(type),
                "code.wrong-type",
                "A pass of type %s is not taken here: show another.",
                type);
    }

    /** Nobody is kept in: the way outside is open to every valid pass. */
    private Optional<Reason> checkZone(Examination code) {
        Optional<ZoneGrant> grant = code.pass().zones();
        Optional<ZoneCode> into = code.presentation.into().filter(zone -> !zone.equals(ZoneCode.OUTSIDE));
        if (grant.isEmpty() || into.isEmpty()) {
            return Optional.empty();
        }
        ZoneCode zone = into.get();
        OptionalInt bit =
                options.zoneTable().get().map(table -> table.bitOf(zone)).orElse(OptionalInt.empty());
        if (bit.isEmpty()) {
            return refuse(
                    "code.unknown-zone",
                    "This gate's zone table has no %s: it needs a newer one, ask the guard.",
                    zone);
        }
        return refuseIf(
                !grant.get().bits().contains(bit.getAsInt()),
                "code.wrong-zone",
                "This pass is not for %s: ask your host.",
                zone);
    }

    private static Optional<Reason> checkGate(Examination code) {
        return code.pass()
                .boundGate()
                .filter(bound -> !code.presentation.portal().map(bound::equals).orElse(true))
                .flatMap(bound -> refuse("code.wrong-gate", "This pass is only for %s: go there.", bound));
    }

    private Optional<Reason> checkStatus(Examination code) {
        return code.pass().status().flatMap(status -> options.statuses().whyNot(status, code.presentation.at()));
    }

    /** Time without end ends somewhere. */
    private static Instant later(Instant at, Duration by) {
        return at.isAfter(Instant.MAX.minus(by)) ? Instant.MAX : at.plus(by);
    }

    private static Optional<Reason> malformed(@Nullable String why) {
        return refuse("code.malformed", "This code is damaged or not a pass (%s): ask for a new one.", why);
    }

    private static Optional<Reason> refuseIf(boolean refused, String code, String text, Object... arguments) {
        return refused ? Optional.of(Reason.format(code, text, arguments)) : Optional.empty();
    }

    private static Optional<Reason> refuse(String code, String text, @Nullable Object... arguments) {
        return Optional.of(Reason.format(code, text, arguments));
    }

    /** An issuer's key as COSE asks for it. */
    private record TrustedKey(IssuerKey key) implements CoseVerificationKey {
        @Override
        public boolean takes(long algorithm) {
            return key.takes(algorithm);
        }

        @Override
        public boolean verify(byte[] signed, byte[] signature) {
            return key.verify(signed, signature);
        }
    }

    private record NamedStep(Step name, Check check) {}

    /** Looks at what earlier steps left, leaves what later ones need, and says why not if not. */
    @FunctionalInterface
    private interface Check {
        Optional<Reason> examine(Examination code);
    }

    /** What is known of a code so far. Used for one verification by one thread. */
    private static final class Examination {
        private final byte[] payload;
        private final Presentation presentation;
        private @Nullable CoseSign1 envelope;
        private Optional<KeyId> keyId = Optional.empty();
        private Optional<IssuerKey> issuerKey = Optional.empty();
        private Optional<Pass> pass = Optional.empty();

        Examination(byte[] payload, Presentation presentation) {
            this.payload = payload;
            this.presentation = Objects.requireNonNull(presentation, "presentation");
        }

        CoseSign1 envelope() {
            return Objects.requireNonNull(envelope, "the code was decoded before");
        }

        IssuerKey issuerKey() {
            return issuerKey.orElseThrow();
        }

        Pass pass() {
            return pass.orElseThrow();
        }
    }
}
