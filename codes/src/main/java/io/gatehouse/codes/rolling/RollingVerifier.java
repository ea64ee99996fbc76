package io.gatehouse.codes.rolling;

import io.gatehouse.codes.internal.text.CodeText.Form;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.Presentation;
import io.gatehouse.codes.token.Verification;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.reason.Reason;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Verifies the codes of {@link RollingPass}es: in the right form → of a site secret that this gate has → at a time that the
 * gate is sure of → of this pass and a step near now → not a copy → valid here, as {@link PassVerifier#examine} asks → shown
 * for the first time. Thread-safe; never throws, whatever the bytes.
 */
public final class RollingVerifier implements Verification.Verifier {
    /** How far off a code is recognised as genuine, so that it can be said what is wrong with it. */
    private static final int RECOGNISED = 20;

    private final Supplier<List<SiteSecret>> secrets;
    private final PassVerifier passes;
    private final Freshness freshness;

    private RollingVerifier(Supplier<List<SiteSecret>> secrets, PassVerifier passes, Freshness freshness) {
        this.secrets = Objects.requireNonNull(secrets, "secrets");
        this.passes = passes;
        this.freshness = freshness;
    }

    /**
     * A verifier.
     *
     * @param secrets  the site's secrets that are taken now, asked at each verification: usually one, two while it changes
     * @param passes   says where and when passes are valid, and whether the clock is believed
     * @param register shared by the gates of the site
     */
    public static RollingVerifier create(
            Supplier<List<SiteSecret>> secrets, PassVerifier passes, StepRegister register, RollingStep step) {
        return new RollingVerifier(
                secrets, passes, new Freshness(register, step, passes.options().skew()));
    }

    @Override
    public Verification verify(byte[] payload, Presentation presentation) {
        if (payload.length > RollingPass.TEXT.maxLength(payload)) {
            return refuse(Step.LENGTH, Reason.of("code.too-long", "This code is longer than a pass: show your pass."));
        }
        Optional<Form> form = RollingPass.TEXT.formOf(payload);
        if (form.isEmpty()) {
            return refuse(Step.PREFIX, Reason.of("code.prefix", "This is not one of our passes: show your pass."));
        }
        byte[] code = RollingPass.TEXT.read(form.get(), payload).orElse(new byte[0]);
        byte[] encoded = Arrays.copyOfRange(code, Math.min(code.length, RollingPass.HEAD), code.length);
        Optional<Pass> pass = Pass.ofBytes(encoded);
        return pass.isEmpty()
                ? refuse(Step.DECODE, Reason.of("code.malformed", "This code is damaged or not a pass: show it again."))
                : verify(code, encoded, pass.get(), presentation);
    }

    private Verification verify(byte[] code, byte[] encoded, Pass pass, Presentation presentation) {
        KeyId id = KeyId.fromBytes(Arrays.copyOf(code, 2)).orElseThrow();
        Optional<SiteSecret> site =
                secrets.get().stream().filter(secret -> secret.id().equals(id)).findFirst();
        if (site.isEmpty()) {
            return refuse(
                    Step.KEY,
                    Reason.format(
                            "code.unknown-key", "This gate does not take codes of secret %s: renew your pass.", id));
        }
        Optional<Reason> clock = passes.options().clock().whyNot(presentation.at());
        if (clock.isPresent()) {
            return refuse(Step.CLOCK, clock.get());
        }
        long now = freshness.step().of(presentation.at());
        byte[] mac = Arrays.copyOfRange(code, 2, RollingPass.HEAD);
        OptionalLong off = stepsOff(site.get().secretOf(encoded, freshness.step()), mac, now);
        if (off.isEmpty()) {
            return refuse(
                    Step.SIGNATURE,
                    Reason.of("code.signature", "This code was changed or is long past: show it on the phone itself."));
        }
        Optional<Rejected> refused =
                freshness.whyNotFresh(off.getAsLong()).or(() -> passes.examine(pass, presentation));
        return refused.isPresent()
                ? refused.get()
                : freshness.take(new Verified(pass, id, KeyScope.HOUSE), now + off.getAsLong());
    }

    /** The nearest steps first. */
    private static OptionalLong stepsOff(Secret secret, byte[] mac, long now) {
        for (int distance = 0; distance <= RECOGNISED; distance++) {
            for (int off : new int[] {-distance, distance}) {
                if (MessageDigest.isEqual(mac, RollingPass.mac(secret, now + off))) {
                    return OptionalLong.of(off);
                }
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public Duration skew() {
        return passes.skew();
    }

    private static Verification refuse(Step step, Reason reason) {
        return new Rejected(step, reason);
    }
}
