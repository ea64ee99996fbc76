package io.gatehouse.policy.permit;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;

/**
 * The bytes that this thread has allocated since it began. Asked by reflection, for the module reads no more than it needs; what
 * asking itself allocates is the same each time.
 */
final class AllocationMeter {
    private final Object threads;
    private final Method bytes;

    private AllocationMeter(Object threads, Method bytes) {
        this.threads = threads;
        this.bytes = bytes;
    }

    static AllocationMeter ofThisThread() {
        try {
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            return new AllocationMeter(
                    ManagementFactory.getThreadMXBean(), type.getMethod("getCurrentThreadAllocatedBytes"));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this Java does not count what threads allocate", e);
        }
    }

    long bytes() {
        try {
            return (Long) bytes.invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this Java does not count what threads allocate", e);
        }
    }
}
