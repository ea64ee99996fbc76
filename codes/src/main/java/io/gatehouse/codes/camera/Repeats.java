package io.gatehouse.codes.camera;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Which codes were in view a moment ago. What is in view again within the window stays the same reading. For one thread. */
final class Repeats {
    private final Duration window;
    private final Map<ByteBuffer, Instant> seen = new HashMap<>();
    private Instant latest = Instant.MIN;

    Repeats(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("a reading repeats for no less than nothing, not " + window);
        }
        this.window = window;
    }

    /** Whether this was not in view; from now on it is. A clock that went back begins anew. */
    boolean isNew(byte[] code, Instant at) {
        if (at.isBefore(latest)) {
            seen.clear();
        }
        latest = at;
        seen.values().removeIf(last -> Duration.between(last, at).compareTo(window) >= 0);
        return seen.put(ByteBuffer.wrap(code), at) == null;
    }
}
