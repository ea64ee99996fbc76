package io.gatehouse.core.ledger.verify;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the change of a signing key in an entry's canonical bytes (format 1), without the rest of the SDK: after the
 * head of fixed length come the texts kind, portal and zone, the person and the facts. Stateless.
 */
final class KeyChangeEntry {
    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 1 + 16 + 12 + 12;
    private static final byte[] KIND = KeyChange.KIND.getBytes(StandardCharsets.US_ASCII);
    private static final byte PSEUDONYM = 1;
    private static final int PSEUDONYM_BYTES = 16;

    private KeyChangeEntry() {}

    /** The note in an entry of the kind {@value KeyChange#KIND}, or nothing of a note; empty for other entries. */
    static Optional<String> note(byte[] bundle, int offset, int length) {
        ByteBuffer entry = ByteBuffer.wrap(bundle, offset, length).slice();
        try {
            if (!isChange(entry)) {
                return Optional.empty();
            }
            return Optional.of(fact(entry));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // Such an entry is no change that anybody could follow: the reader of the empty note says so.
            return Optional.of("");
        }
    }

    private static boolean isChange(ByteBuffer entry) {
        if (entry.remaining() < HEAD_BYTES + Short.BYTES + KIND.length || entry.get(0) != FORMAT) {
            return false;
        }
        entry.position(HEAD_BYTES);
        return ByteBuffer.wrap(KIND).equals(text(entry));
    }

    private static String fact(ByteBuffer entry) {
        text(entry);
        text(entry);
        if (entry.get() == PSEUDONYM) {
            entry.position(entry.position() + PSEUDONYM_BYTES);
        }
        int facts = entry.getShort() & 0xFFFF;
        for (int i = 0; i < facts; i++) {
            String name = StandardCharsets.UTF_8.decode(text(entry)).toString();
            String value = StandardCharsets.UTF_8.decode(text(entry)).toString();
            if (name.equals(KeyChange.FACT)) {
                return value;
            }
        }
        return "";
    }

    private static ByteBuffer text(ByteBuffer entry) {
        int length = entry.getShort() & 0xFFFF;
        ByteBuffer text = entry.slice(entry.position(), Math.min(length, entry.remaining()));
        entry.position(entry.position() + length);
        return text;
    }
}
