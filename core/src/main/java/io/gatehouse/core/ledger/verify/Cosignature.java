package io.gatehouse.core.ledger.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/**
 * A witness's word that, at a time, the newest checkpoint of a ledger that it had seen was this one, and that it followed
 * from all that it had seen before: a {@code timestamped_signature} of the C2SP {@code tlog-cosignature} specification,
 * version 1, with Ed25519. Immutable and thread-safe.
 *
 * @param key       whose word it is
 * @param seconds   when, in seconds since 1970, at least 0
 * @param signature the 64 bytes of the signature
 */
public record Cosignature(WitnessKey key, long seconds, byte[] signature) {
    /** Bytes of an Ed25519 signature. */
    public static final int SIGNATURE_BYTES = 64;

    public Cosignature {
        Objects.requireNonNull(key, "key");
        if (seconds < 0 || signature.length != SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a cosignature has a time from 1970 on and " + SIGNATURE_BYTES
                    + " bytes, this one the second " + seconds + " and " + signature.length + " bytes");
        }
        signature = signature.clone();
    }

    /** The bytes that a witness signs for a checkpoint, whose own signatures are not among them. */
    public static byte[] message(CheckpointNote checkpoint, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.body()).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the witness gave it for this checkpoint. */
    public boolean isOf(CheckpointNote checkpoint) {
        return key.verifies(message(checkpoint, seconds), signature);
    }

    /** When it was given. */
    public Instant time() {
        return Instant.ofEpochSecond(seconds);
    }

    /** As it stands in a note's signature line, after the key's id. */
    byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES + SIGNATURE_BYTES)
                .putLong(seconds)
                .put(signature)
                .array();
    }

    /** The line that a note has it in, with its end. */
    public String line() {
        return CheckpointNote.line(key.name(), key.id(), bytes());
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cosignature cosignature && line().equals(cosignature.line());
    }

    @Override
    public int hashCode() {
        return line().hashCode();
    }

    @Override
    public String toString() {
        return "Cosignature[" + key.name() + ", " + seconds + "]";
    }
}
