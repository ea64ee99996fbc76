package io.gatehouse.codes.rolling;

import io.gatehouse.codes.internal.text.CodeText.Form;
import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.Presentation;
import io.gatehouse.codes.token.Verification;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.reason.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Verifies the codes of {@link HolderPass}es: in the right form → the pass as {@link PassVerifier} does → signed by its
 * holder's key → not a copy → shown for the first time. Thread-safe; never throws, whatever the bytes.
 */
public final class HolderVerifier implements Verification.Verifier {
    /** The form of a pass that is bytes. */
    private static final byte[] PASS_BYTES = "GH1\0".getBytes(StandardCharsets.US_ASCII);

    private final PassVerifier passes;
    private final Freshness freshness;

    private HolderVerifier(PassVerifier passes, Freshness freshness) {
        this.passes = passes;
        this.freshness = freshness;
    }

    /**
     * A verifier.
     *
     * @param passes   verifies the pass itself
     * @param register shared by the gates of the site
     */
    public static HolderVerifier create(PassVerifier passes, StepRegister register, RollingStep step) {
        return new HolderVerifier(
                passes, new Freshness(register, step, passes.options().skew()));
    }

    @Override
    public Verification verify(byte[] payload, Presentation presentation) {
        if (payload.length > HolderPass.TEXT.maxLength(payload)) {
            return refuse(Step.LENGTH, "code.too-long", "This code is longer than a pass: show your pass.");
        }
        Optional<Form> form = HolderPass.TEXT.formOf(payload);
        if (form.isEmpty()) {
            return refuse(Step.PREFIX, "code.prefix", "This is not one of our passes: show your pass.");
        }
        byte[] code = HolderPass.TEXT.read(form.get(), payload).orElse(new byte[0]);
        if (code.length <= HolderPass.HEAD) {
            return refuse(Step.DECODE, "code.malformed", "This code is damaged or not a pass: show it again.");
        }
        byte[] token = ByteBuffer.allocate(PASS_BYTES.length + code.length - HolderPass.HEAD)
                .put(PASS_BYTES)
                .put(code, HolderPass.HEAD, code.length - HolderPass.HEAD)
                .array();
        return passes.insecureVerifyWithoutHolder(token, presentation)
                .fold(verified -> verifyHolder(code, verified, presentation), rejected -> rejected);
    }

    private Verification verifyHolder(byte[] code, Verified verified, Presentation presentation) {
        Optional<HolderKey> key = verified.pass().holderKey();
        if (key.isEmpty()) {
            return refuse(Step.HOLDER, "code.holder-key", "This pass is not bound to a phone: show it as it is.");
        }
        long number = ByteBuffer.wrap(code).getInt() & 0xFFFF_FFFFL;
        byte[] signature = Arrays.copyOfRange(code, Integer.BYTES, HolderPass.HEAD);
        byte[] message = HolderPass.message(verified.pass().id(), freshness.step(), number);
        if (!key.get().verify(message, signature)) {
            return refuse(
                    Step.HOLDER,
                    "code.holder-signature",
                    "This code is not from the phone that the pass is bound to: open the app there.");
        }
        Optional<Rejected> stale =
                freshness.whyNotFresh(number - freshness.step().of(presentation.at()));
        return stale.isPresent() ? stale.get() : freshness.take(verified, number);
    }

    @Override
    public Duration skew() {
        return passes.skew();
    }

    private static Verification refuse(Step step, String code, String text) {
        return new Rejected(step, Reason.of(code, text));
    }
}
