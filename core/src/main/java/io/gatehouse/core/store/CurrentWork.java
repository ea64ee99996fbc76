package io.gatehouse.core.store;

import org.jspecify.annotations.Nullable;

/** What each thread is in the middle of, with one store: reads within a work share its connection, writes are refused. */
final class CurrentWork {
    // Not static: a thread may be in a work of one store and use another.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Running> running = new ThreadLocal<>();

    /** A work that has begun and not ended. */
    record Running(WorkConnection connection, boolean writes) {}

    @Nullable
    Running get() {
        return running.get();
    }

    void begin(WorkConnection connection, boolean writes) {
        running.set(new Running(connection, writes));
    }

    void end() {
        Running ending = running.get();
        if (ending != null) {
            ending.connection().end();
        }
        running.remove();
    }

    void requireNone(String call) {
        Running outer = running.get();
        if (outer != null) {
            throw new IllegalStateException(call + " within a " + (outer.writes() ? "write" : "read")
                    + " of the same store: use the connection of the work that is running, or call it afterwards");
        }
    }
}
