package io.gatehouse.devices.link;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** How long closing takes under a read, and writes without end to close under. */
final class ClosingTime {
    private static final int TIMES = 5;

    private ClosingTime() {}

    static Duration quickestUnderARead(LinkOpener opener) throws IOException {
        Duration quickest = Duration.ofDays(1);
        for (int i = 0; i < TIMES; i++) {
            Link link = opener.open();
            Thread reader = new Thread(() -> {
                try {
                    link.read(Duration.ofHours(1));
                } catch (IOException e) {
                    Thread.currentThread().setName("read until it was closed");
                }
            });
            reader.start();
            Awaitility.await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
            long begun = System.nanoTime();
            link.close();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Awaitility.await().until(() -> reader.getState() == Thread.State.TERMINATED);
            quickest = took.compareTo(quickest) < 0 ? took : quickest;
        }
        return quickest;
    }

    /** Fails once the link takes no more. */
    static CompletableFuture<Void> writeUntilItFails(Link link) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        AtomicLong written = new AtomicLong();
        Thread writer = new Thread(() -> {
            try {
                while (true) {
                    link.write(new byte[1 << 16]);
                    written.incrementAndGet();
                }
            } catch (IOException e) {
                failed.completeExceptionally(e);
            }
        });
        writer.setDaemon(true);
        writer.start();
        // Until a write is under way that takes long.
        AtomicLong seen = new AtomicLong();
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> {
            long now = written.get();
            return now == seen.getAndSet(now);
        });
        return failed;
    }
}
