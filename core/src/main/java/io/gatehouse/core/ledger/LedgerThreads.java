package io.gatehouse.core.ledger;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of an open ledger: they end with their work, and do not keep the program from ending. */
final class LedgerThreads {
    private static final int IDLE_SECONDS = 1;

    private LedgerThreads() {}

    /** One thread, which never runs a caller's code. */
    static ExecutorService writers() {
        ThreadPoolExecutor writers = pool("gatehouse-ledger", 1, 1, new LinkedBlockingQueue<>());
        writers.allowCoreThreadTimeOut(true);
        return writers;
    }

    /** Work on the whole ledger, slice by slice: it is given threads, and how many slices may be on their way. */
    @FunctionalInterface
    interface Slicing<T> {
        T run(Executor executor, int slicesAtOnce) throws IOException;
    }

    /** With as many threads as there are processors, which end with it. */
    static <T> T inSlices(Slicing<T> slicing) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService readers = pool("gatehouse-ledger-read", threads, threads, new LinkedBlockingQueue<>());
        try {
            return slicing.run(readers, 2 * threads);
        } finally {
            readers.shutdownNow();
        }
    }

    /**
     * A thread for each batch whose futures are being completed: what hangs on one of them may wait for another batch,
     * so no fixed number of threads would do, and a fork-join pool makes up for waiting threads on some JDKs only.
     */
    static ExecutorService tellers() {
        return pool("gatehouse-ledger-futures", 0, Integer.MAX_VALUE, new SynchronousQueue<>());
    }

    private static ThreadPoolExecutor pool(String name, int core, int most, BlockingQueue<Runnable> queue) {
        return new ThreadPoolExecutor(core, most, IDLE_SECONDS, TimeUnit.SECONDS, queue, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
