package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.cose.CoseVerificationKey;
import io.gatehouse.codes.internal.text.CodeText.Form;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.reason.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says of a code whether it is a genuine pass that is valid here and now, and if not, why: a list of named steps, of
 * which each has its own reason. Takes every form that {@link IssuedPass} has. Needs no network. Whether a single-use pass
 * was used already is not its question but that of {@link io.gatehouse.core.gate.Redemptions}. Thread-safe; never throws,
 * whatever the bytes.
 */
public final class PassVerifier implements Verification.Verifier {
    private final Supplier<KeyRing> keys;
    private final VerificationOptions options;
    private final PassChecks checks;
    private final List<NamedStep> steps = List.of(
            new NamedStep(Step.LENGTH, PassVerifier::checkLength),
            new NamedStep(Step.PREFIX, PassVerifier::checkPrefix),
            new NamedStep(Step.DECODE, PassVerifier::decode),
            new NamedStep(Step.KEY, this::findKey),
            new NamedStep(Step.ALGORITHM, PassVerifier::checkAlgorithm),
            new NamedStep(Step.SIGNATURE, PassVerifier::checkSignature),
            new NamedStep(Step.CLAIMS, PassVerifier::readClaims),
            new NamedStep(Step.CLOCK, this::checkClock),
            new NamedStep(Step.KEY_VALIDITY, this::checkKey));

    private PassVerifier(Supplier<KeyRing> keys, VerificationOptions options) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.options = Objects.requireNonNull(options, "options");
        this.checks = new PassChecks(options);
    }

    /** A verifier that asks for the key ring at each verification, so that a changed ring counts at once. */
    public static PassVerifier create(Supplier<KeyRing> keys, VerificationOptions options) {
        return new PassVerifier(keys, options);
    }

    /** Verifies what a scanner read. A pass with a holder's key is refused: this shows no proof of it. */
    @Override
    public Verification verify(byte[] payload, Presentation presentation) {
        return insecureVerifyWithoutHolder(payload, presentation)
                .fold(
                        verified -> verified.pass().holderKey().isEmpty()
                                ? verified
                                : new Rejected(
                                        Step.HOLDER,
                                        Reason.of(
                                                "code.holder-missing",
                                                "This pass counts only with its holder's phone: open the app.")),
                        rejected -> rejected);
    }

    public Verification verify(String text, Presentation presentation) {
        return verify(text.getBytes(StandardCharsets.UTF_8), presentation);
    }

    /**
     * As {@link #verify}, also for a pass with a holder's key, of which whoever calls this checks the proof: without that,
     * every copy of the pass is taken.
     */
    public Verification insecureVerifyWithoutHolder(byte[] payload, Presentation presentation) {
        Examination examination = new Examination(payload, presentation);
        for (NamedStep step : steps) {
            Optional<Reason> refusal = step.check.examine(examination);
            if (refusal.isPresent()) {
                return new Rejected(step.name, refusal.get());
            }
        }
        Optional<Rejected> refused = checks.examine(examination.pass(), presentation);
        if (refused.isPresent()) {
            return refused.get();
        }
        IssuerKey key = examination.issuerKey();
        return new Verified(examination.pass(), key.id(), key.scope().tenant());
    }

    /**
     * For a pass that is known to be genuine by other means than its signature: the steps from {@link Step#VALIDITY} to
     * {@link Step#REVOCATION}.
     *
     * @return empty if none refuses it
     */
    public Optional<Rejected> examine(Pass pass, Presentation presentation) {
        return checks.examine(pass, presentation);
    }

    public VerificationOptions options() {
        return options;
    }

    @Override
    public Duration skew() {
        return options.skew();
    }

    private static Optional<Reason> checkLength(Examination code) {
        int length = code.payload.length;
        int most = PassCodec.TEXT.maxLength(code.payload);
        return refuseIf(
                length > most,
                "code.too-long",
                "This code has %d characters, a pass at most %d: show your pass.",
                length,
                most);
    }

    private static Optional<Reason> checkPrefix(Examination code) {
        code.form = PassCodec.TEXT.formOf(code.payload);
        return refuseIf(code.form.isEmpty(), "code.prefix", "This is not one of our passes: show your pass.");
    }

    private static Optional<Reason> decode(Examination code) {
        Form form = code.form.orElseThrow();
        Optional<byte[]> token = PassCodec.TEXT.read(form, code.payload);
        if (token.isEmpty()) {
            return malformed("it is not " + (form == Form.BASE45 ? "base45" : "written in digits as we do"));
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
            return Optional.of(Reason.format(
                    "code.unknown-key", "This gate does not know the issuer's key %s: ask the guard.", id));
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

    /** Time without end ends somewhere. */
    private static Instant later(Instant at, Duration by) {
        return at.isAfter(Instant.MAX.minus(by)) ? Instant.MAX : at.plus(by);
    }

    private static Optional<Reason> malformed(@Nullable String why) {
        return Optional.of(Reason.format(
                "code.malformed", "This code is damaged or not a pass (%s): ask for a new one.", String.valueOf(why)));
    }

    private static Optional<Reason> refuseIf(boolean refused, String code, String text, Object... arguments) {
        return refused ? Optional.of(Reason.format(code, text, arguments)) : Optional.empty();
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
        private Optional<Form> form = Optional.empty();
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
