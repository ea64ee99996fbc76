package io.gatehouse.core.ledger;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of an open ledger: they end with their work, and do not keep the program from ending. */
final class LedgerThreads {
    private static final int IDLE_SECONDS = 1;
    private static final int TELLERS = 4;
    private static final int MAX_BLOCKED_TELLERS = 1_024;

    private LedgerThreads() {}

    /** One thread, which never runs a caller's code. */
    static ExecutorService writers() {
        ThreadPoolExecutor writers = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LedgerThreads::writer);
        writers.allowCoreThreadTimeOut(true);
        return writers;
    }

    private static Thread writer(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-ledger");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Few threads, and one more for each that waits for a {@link java.util.concurrent.CompletableFuture} meanwhile: so
     * what hangs on one append may wait for another.
     */
    static ExecutorService tellers() {
        return new ForkJoinPool(
                TELLERS,
                LedgerThreads::teller,
                null,
                true,
                0,
                MAX_BLOCKED_TELLERS,
                1,
                pool -> true,
                IDLE_SECONDS,
                TimeUnit.SECONDS);
    }

    private static ForkJoinWorkerThread teller(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("gatehouse-ledger-futures-" + thread.getPoolIndex());
        return thread;
    }
}
