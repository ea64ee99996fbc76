package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How many entries a second a verification reads, with one thread and with as many as there are processors: {@code
 * <directory> [<entries> [<rounds>]]}. The directory may hold a ledger of a run before. Beside that it says the
 * processor's time for each entry, that of all threads together, which others on the machine disturb less.
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
                Speed one = measure(house, Runnable::run, 1);
                Speed all = measure(house, several, 2 * threads);
                System.out.printf(
                        "round %d: 1 thread %,.0f/s (%.2f us of the processor each), %d threads %,.0f/s (%.2f us),"
                                + " %.2f times%n",
                        round, one.each(), one.micros(), threads, all.each(), all.micros(), all.each() / one.each());
            }
        } finally {
            several.shutdown();
        }
    }

    /** Entries a second, and the processor's time for one. */
    private record Speed(double each, double micros) {}

    /** Of all threads, those of the virtual machine too; zero where the system does not tell. */
    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Speed measure(LedgerHouse house, Executor executor, int atOnce) throws Exception {
        Duration before = processor();
        long start = System.nanoTime();
        Verification verification = house.ledger().verify(executor, atOnce);
        long took = System.nanoTime() - start;
        Duration worked = processor().minus(before);
        if (!verification.isVerified()) {
            throw new IllegalStateException(verification.toString());
        }
        double entries = house.ledger().size();
        return new Speed(entries * NANOS_A_SECOND / took, worked.toNanos() / 1e3 / entries);
    }
}
