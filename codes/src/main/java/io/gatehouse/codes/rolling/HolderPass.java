package io.gatehouse.codes.rolling;

import io.gatehouse.codes.internal.text.CodeText;
import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.codes.token.PassId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A signed pass with its holder's key, whose private half is on the phone and signs the pass's id and the step, so that
 * nobody else, no gate either, can show it. As thread-safe as its signer.
 */
public final class HolderPass {
    static final int SIGNATURE = 64;
    static final int HEAD = Integer.BYTES + SIGNATURE;
    private static final int MAX_TOKEN = 576;
    private static final byte[] LABEL = "gatehouse holder 1".getBytes(StandardCharsets.US_ASCII);

    static final CodeText TEXT = CodeText.of(3, HEAD + MAX_TOKEN);

    private final IssuedPass issued;
    private final RollingStep step;
    private final UnaryOperator<byte[]> signer;

    private HolderPass(IssuedPass issued, RollingStep step, UnaryOperator<byte[]> signer) {
        this.issued = issued;
        this.step = Objects.requireNonNull(step, "step");
        this.signer = Objects.requireNonNull(signer, "signer");
    }

    /**
     * A pass as the phone has it.
     *
     * @param signer signs bytes with the private half of the holder's key; a signature has 64 bytes
     * @throws IllegalArgumentException if the pass has no holder's key
     */
    public static HolderPass of(IssuedPass issued, RollingStep step, UnaryOperator<byte[]> signer) {
        if (issued.pass().holderKey().isEmpty()) {
            throw new IllegalArgumentException("the pass " + issued.pass().id() + " has no holder's key");
        }
        return new HolderPass(issued, step, signer);
    }

    /**
     * What to show at this moment.
     *
     * @throws IllegalStateException if the signer's signature is not that of the holder's key
     */
    public ShownCode at(Instant moment) {
        long now = step.of(moment);
        byte[] message = message(issued.pass().id(), step, now);
        byte[] signature = signer.apply(message);
        if (!issued.pass().holderKey().orElseThrow().verify(message, signature)) {
            throw new IllegalStateException(
                    "the signer has another key than the pass " + issued.pass().id());
        }
        byte[] token = issued.token();
        byte[] code = ByteBuffer.allocate(HEAD + token.length)
                .putInt((int) now)
                .put(signature)
                .put(token)
                .array();
        return new ShownCode(TEXT, code, step.start(now + 1));
    }

    /** What is signed: a label, the step's length in one byte, its number in 8, and the pass's id. */
    static byte[] message(PassId id, RollingStep step, long number) {
        byte[] cti = id.value();
        return ByteBuffer.allocate(LABEL.length + 1 + Long.BYTES + cti.length)
                .put(LABEL)
                .put((byte) step.seconds())
                .putLong(number)
                .put(cti)
                .array();
    }

    @Override
    public String toString() {
        return "HolderPass[" + issued.pass() + "]";
    }
}
