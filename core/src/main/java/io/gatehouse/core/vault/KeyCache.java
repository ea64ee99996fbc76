package io.gatehouse.core.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data keys ready for use, the most recently used ones, by subject, by the name of a subject's first key and by key id
 * (which differ in length). A key that is read from the store while it is being shredded must not come in after the
 * shredding: a reader notes the epoch before it reads and offers the key with it, and each eviction begins a new epoch.
 * Thread-safe.
 */
final class KeyCache {
    private static final int MAX_NAMES = 20_000;

    private final Map<ByteBuffer, DataKey> keys = new LinkedHashMap<>(16, 0.75f, true);
    private long epoch;
    private long changes;

    /**
     * Forgets everything if keys were changed since this was said last, by whichever program.
     *
     * @param counted how often they were changed; a count that comes in late is of no account
     */
    synchronized void changed(long counted) {
        if (counted > changes) {
            changes = counted;
            clear();
        }
    }

    synchronized long epoch() {
        return epoch;
    }

    /** What the first key of a subject goes by; the subject itself stands for the newest. */
    static byte[] nameOfFirst(byte[] subject) {
        return Arrays.copyOf(subject, subject.length + 1);
    }

    /** The key with this id, the newest one of this subject, or its first. */
    synchronized @Nullable DataKey get(byte[] name) {
        return keys.get(ByteBuffer.wrap(name));
    }

    synchronized void offer(byte[] name, DataKey key, long epochBeforeReading) {
        if (epoch != epochBeforeReading) {
            return;
        }
        keys.put(ByteBuffer.wrap(name.clone()), key);
        if (keys.size() > MAX_NAMES) {
            keys.remove(keys.keySet().iterator().next());
        }
    }

    synchronized void evict(byte[] subject, List<byte[]> ids) {
        epoch++;
        keys.remove(ByteBuffer.wrap(subject));
        keys.remove(ByteBuffer.wrap(nameOfFirst(subject)));
        ids.forEach(id -> keys.remove(ByteBuffer.wrap(id)));
    }

    synchronized void clear() {
        epoch++;
        keys.clear();
    }
}
