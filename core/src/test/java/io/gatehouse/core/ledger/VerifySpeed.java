package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.Verification;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How many entries a second a verification reads, with one thread and with as many as there are processors: {@code
 * <directory> [<entries> [<rounds>]]}. The directory may hold a ledger of a run before.
 */
final class VerifySpeed {
    private static final long NANOS_A_SECOND = 1_000_000_000;

    private VerifySpeed() {}

    public static void main(String[] arguments) throws Exception {
        int entries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService several = Executors.newFixedThreadPool(threads);
        try (LedgerHouse house = LedgerHouse.open(Path.of(arguments[0]))) {
            CompletableFuture<?> last = CompletableFuture.completedFuture(null);
            for (int i = (int) house.ledger().size(); i < entries; i++) {
                last = house.ledger().appendAsync(LedgerHouse.event(i));
            }
            last.join();
            house.ledger().checkpoint();
            for (int round = 0; round < rounds; round++) {
                double one = measure(house, Runnable::run, 1);
                double all = measure(house, several, 2 * threads);
                System.out.printf(
                        "round %d: 1 thread %,.0f/s, %d threads %,.0f/s, %.2f times%n",
                        round, one, threads, all, all / one);
            }
        } finally {
            several.shutdown();
        }
    }

    private static double measure(LedgerHouse house, Executor executor, int atOnce) throws Exception {
        long start = System.nanoTime();
        Verification verification = house.ledger().verify(executor, atOnce);
        long took = System.nanoTime() - start;
        if (!verification.isVerified()) {
            throw new IllegalStateException(verification.toString());
        }
        return (double) house.ledger().size() * NANOS_A_SECOND / took;
    }
}
