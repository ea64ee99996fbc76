package io.gatehouse.core.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Data keys ready for use, the most recently used ones, by subject, by the name of a subject's first key and by key id
 * (which differ in length). A key that is read from the store while it is being shredded must not come in after the
 * shredding: a reader notes the epoch before it reads and offers the key with it, and each eviction begins a new epoch.
 * Thread-safe.
 *
 * <p>Looking a key up takes no lock while it is among the newer half: of two maps, one fills and the other, which was full
 * before, is dropped when the first is full. What is used comes over from the older one.
 */
final class KeyCache {
    private static final int HALF = 10_000;

    private volatile Map<ByteBuffer, DataKey> newer = new ConcurrentHashMap<>();
    private Map<ByteBuffer, DataKey> older = new ConcurrentHashMap<>();
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
    @Nullable
    DataKey get(byte[] name) {
        DataKey key = newer.get(ByteBuffer.wrap(name));
        return key == null ? fromOlder(name) : key;
    }

    private synchronized @Nullable DataKey fromOlder(byte[] name) {
        DataKey key = older.remove(ByteBuffer.wrap(name));
        if (key == null) {
            return newer.get(ByteBuffer.wrap(name));
        }
        put(name, key);
        return key;
    }

    private void put(byte[] name, DataKey key) {
        newer.put(ByteBuffer.wrap(name.clone()), key);
        if (newer.size() >= HALF) {
            older = newer;
            newer = new ConcurrentHashMap<>();
        }
    }

    synchronized void offer(byte[] name, DataKey key, long epochBeforeReading) {
        if (epoch != epochBeforeReading) {
            return;
        }
        put(name, key);
    }

    synchronized void evict(byte[] subject, List<byte[]> ids) {
        epoch++;
        remove(subject);
        remove(nameOfFirst(subject));
        ids.forEach(this::remove);
    }

    private void remove(byte[] name) {
        newer.remove(ByteBuffer.wrap(name));
        older.remove(ByteBuffer.wrap(name));
    }

    synchronized void clear() {
        epoch++;
        newer.clear();
        older.clear();
    }
}
