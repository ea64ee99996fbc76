package io.gatehouse.policy.permit.document;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bytes with signatures: the four letters GHPP, a byte for what the bytes are, their length in 4 bytes and they themselves, a
 * byte with the number of signatures, and for each a byte with the length of the key's id, the id, and 64 bytes. Signed are the
 * bytes with what they are before them, so that a snapshot for a gate never passes for a policy. Immutable and thread-safe.
 */
final class SignedPackage {
    static final int POLICY = 1;
    static final int SNAPSHOT = 2;
    static final int MAX_BYTES = 256 << 20;

    private static final byte[] MAGIC = "GHPP".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOMAIN = "gatehouse policy package 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SIGNATURE = 64;
    private static final int MAX_SIGNATURES = 8;

    private final int type;
    private final byte[] payload;
    private final Map<String, byte[]> signatures;

    private SignedPackage(int type, byte[] payload, Map<String, byte[]> signatures) {
        this.type = type;
        this.payload = payload;
        this.signatures = signatures;
    }

    static SignedPackage of(int type, byte[] payload) {
        return new SignedPackage(type, payload, Map.of());
    }

    /** Throws {@link IllegalArgumentException} if the bytes are no package. */
    static SignedPackage read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (!Arrays.equals(take(in, MAGIC.length), MAGIC)) {
                throw new IllegalArgumentException("the bytes do not begin as a signed policy does");
            }
            int type = in.get();
            byte[] payload = take(in, in.getInt());
            int count = in.get();
            Map<String, byte[]> signatures = new LinkedHashMap<>();
            for (int i = 0; i < count && count <= MAX_SIGNATURES; i++) {
                String key = new String(take(in, in.get()), StandardCharsets.US_ASCII);
                if (signatures.put(key, take(in, SIGNATURE)) != null) {
                    throw new IllegalArgumentException("key " + key + " signed twice");
                }
            }
            if (in.hasRemaining() || count < 0) {
                throw new IllegalArgumentException("the bytes do not end as a signed policy does");
            }
            return new SignedPackage(type, payload, signatures);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the bytes of a signed policy end too early", e);
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("the bytes of a signed policy end too early");
        }
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    int type() {
        return type;
    }

    byte[] payload() {
        return payload;
    }

    Map<String, byte[]> signatures() {
        return signatures;
    }

    byte[] message() {
        return ByteBuffer.allocate(DOMAIN.length + 1 + payload.length)
                .put(DOMAIN)
                .put((byte) type)
                .put(payload)
                .array();
    }

    SignedPackage with(String key, byte[] signature) {
        Map<String, byte[]> more = new LinkedHashMap<>(signatures);
        more.put(key, signature);
        if (more.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a policy has at most " + MAX_SIGNATURES + " signatures");
        }
        return new SignedPackage(type, payload, more);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeByte(type);
            out.writeInt(payload.length);
            out.write(payload);
            out.writeByte(signatures.size());
            for (Map.Entry<String, byte[]> entry : signatures.entrySet()) {
                byte[] id = entry.getKey().getBytes(StandardCharsets.US_ASCII);
                out.writeByte(id.length);
                out.write(id);
                out.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
