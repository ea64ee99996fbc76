package io.gatehouse.biometrics.gallery;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work on many items, a batch at a time on each processor, while one thread brings more; who brings them waits when two
 * batches a processor are under way. The first failure of a batch ends it all: it is thrown at whoever adds or finishes.
 * Its threads live as long as it does. For one thread.
 */
final class Batches<T> implements AutoCloseable {
    private final int size;
    private final Work<T> work;
    private final int most = 2 * Runtime.getRuntime().availableProcessors();
    private final ExecutorService threads;
    private final Deque<Future<?>> underWay = new ArrayDeque<>();
    private List<T> batch = new ArrayList<>();

    Batches(String what, int size, Work<T> work) {
        this.size = size;
        this.work = work;
        this.threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, what);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What is done with a batch, by several threads side by side. */
    interface Work<T> {
        void run(List<T> batch) throws IOException;
    }

    /** @throws UncheckedIOException if a batch failed */
    void add(T item) {
        batch.add(item);
        if (batch.size() == size) {
            submit();
        }
    }

    private void submit() {
        List<T> full = batch;
        batch = new ArrayList<>(size);
        if (underWay.size() == most) {
            await(underWay.remove());
        }
        underWay.add(threads.submit(() -> {
            work.run(full);
            return full.size();
        }));
    }

    /**
     * Waits until everything is done.
     *
     * @throws UncheckedIOException if a batch failed
     */
    void finish() {
        if (!batch.isEmpty()) {
            submit();
        }
        while (!underWay.isEmpty()) {
            await(underWay.remove());
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while loading"));
        } catch (ExecutionException e) {
            throw ofBatch(e.getCause());
        }
    }

    private static RuntimeException ofBatch(@Nullable Throwable cause) {
        if (cause instanceof IOException io) {
            return new UncheckedIOException(io);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    /** Ends the threads; what is under way is of no account any more, but is over when this returns. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
