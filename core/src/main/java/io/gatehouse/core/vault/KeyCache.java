package io.gatehouse.core.vault;

import com.google.crypto.tink.Aead;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data keys ready for use, the most recently used ones. A key that is read from the store while it is being shredded
 * must not come in after the shredding: a reader notes the epoch before it reads and offers the key with it, and each
 * eviction begins a new epoch. Thread-safe.
 */
final class KeyCache {
    private static final int MAX_KEYS = 10_000;

    private final Map<ByteBuffer, DataKey> keys = new LinkedHashMap<>(16, 0.75f, true);
    private long epoch;

    /** A subject's key of one generation. */
    record DataKey(int generation, Aead aead) {
        @Override
        public String toString() {
            return "DataKey[generation " + generation + ", redacted]";
        }
    }

    synchronized long epoch() {
        return epoch;
    }

    synchronized @Nullable DataKey get(byte[] subject) {
        return keys.get(ByteBuffer.wrap(subject));
    }

    synchronized void offer(byte[] subject, DataKey key, long epochBeforeReading) {
        if (epoch != epochBeforeReading) {
            return;
        }
        keys.put(ByteBuffer.wrap(subject.clone()), key);
        if (keys.size() > MAX_KEYS) {
            keys.remove(keys.keySet().iterator().next());
        }
    }

    synchronized void evict(byte[] subject) {
        epoch++;
        keys.remove(ByteBuffer.wrap(subject));
    }

    synchronized void clear() {
        epoch++;
        keys.clear();
    }
}
