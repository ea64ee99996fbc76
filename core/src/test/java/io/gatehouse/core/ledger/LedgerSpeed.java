package io.gatehouse.core.ledger;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EntrySealer.Sealed;
import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Measures durable appends beside a plain writer of the same rows, one transaction each, in the same run: {@code
 * LedgerSpeed <new directory> [seconds a part] [rounds]}. A program, not a test: its figures depend on the disk. What it
 * divides by is the plain writer before and after the part; a round of a second a part warms up and is not counted.
 *
 * <p>How long an append takes under load is measured twice: with 64 threads that each wait for their own, and with
 * arrivals at chance times (a Poisson process) that wait for nobody, at half the plain writer's rate, all of it and four
 * times that. There an append's time begins when it was due, so that what is held up counts too; for comparison so
 * does the plain writer's at half its rate, since at all of it its queue grows without end.
 */
final class LedgerSpeed {
    private static final int PEOPLE = 1_000;
    private static final int WAITING = 64;
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final Path directory;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, List<Double>> times = new LinkedHashMap<>();
    private long nanos = 1_000_000_000;

    private LedgerSpeed(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        LedgerSpeed speed = new LedgerSpeed(Files.createDirectories(Path.of(arguments[0])));
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        speed.round(0);
        speed.times.clear();
        speed.nanos = seconds * 1_000_000_000;
        for (int round = 1; round <= rounds; round++) {
            speed.round(round);
        }
        speed.times.forEach((what, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            System.out.printf(
                    "%-34s median %6.2f  of %s%n",
                    what,
                    sorted.get(sorted.size() / 2),
                    all.stream().map(each -> String.format("%.2f", each)).toList());
        });
    }

    /** How fast a part was, and how long the slowest but one in a hundred took. */
    private record Speed(double each, double p99) {}

    private void round(int round) throws Exception {
        System.out.println("round " + round + (round == 0 ? ", to warm up" : ""));
        try (Store store = Stores.open(directory.resolve(round + "/ledger.db"));
                StoreVault vault = StoreVault.open(
                        store, KeyEncryptionKey.ofKeyFile(directory.resolve(round + "/key")), InstantSource.system());
                StoreLedger ledger = StoreLedger.open(store, vault, "speed.example.com", InstantSource.system());
                Store plainStore = Stores.open(directory.resolve(round + "/plain.db"))) {
            for (int i = 0; i < PEOPLE; i++) {
                ledger.append(event(i));
            }
            PlainWriter plain = new PlainWriter(plainStore, sealed(round));
            Speed before = measure("plain", plain::next);
            Speed single = measure("single", i -> () -> ledger.append(event(i)));
            Speed between = measure("plain", plain::next);
            compare("1 waiting, times plain", single.each(), before.each(), between.each());
            Speed waiting = waiting(ledger, WAITING);
            before = measure("plain", plain::next);
            compare(WAITING + " waiting, times plain", waiting.each(), between.each(), before.each());
            compare(WAITING + " waiting, p99 by plain's p99", waiting.p99(), between.p99(), before.p99());
            Speed pipelined = pipelined(ledger);
            between = measure("plain", plain::next);
            compare("pipelined, times plain", pipelined.each(), before.each(), between.each());
            ExecutorService queue = Executors.newSingleThreadExecutor();
            Speed half = open(
                    "plain, half",
                    between.each() / 2,
                    i -> CompletableFuture.supplyAsync(() -> called(plain.next(i)), queue));
            queue.shutdown();
            before = between;
            between = measure("plain", plain::next);
            compare("plain at half its rate, p99 by p99", half.p99(), before.p99(), between.p99());
            for (double factor : new double[] {0.5, 1, 4}) {
                Speed open = open("open load " + factor, factor * between.each(), i -> ledger.appendAsync(event(i)));
                before = between;
                between = measure("plain", plain::next);
                compare("open load " + factor + ", p99 by plain's p99", open.p99(), before.p99(), between.p99());
            }
        }
    }

    private static Object called(Callable<?> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void compare(String what, double figure, double before, double after) {
        times.computeIfAbsent(what, any -> new ArrayList<>()).add(2 * figure / (before + after));
    }

    /** Writes a row of each event in a transaction of its own. */
    private static final class PlainWriter {
        private final Store store;
        private final List<SealedEntry> entries;
        private long position;

        PlainWriter(Store store, List<SealedEntry> entries) throws IOException {
            this.store = store;
            this.entries = entries;
            store.migrate(LedgerTables.ROOM, LedgerTables.SCRIPTS);
            // What the ledger's own lists stand for.
            store.migrate("plain", List.of("""
                    CREATE INDEX plain_time ON ledger_entry (occurred_nanos);
                    CREATE INDEX plain_kind ON ledger_entry (kind, occurred_nanos);
                    CREATE INDEX plain_portal ON ledger_entry (portal, occurred_nanos) WHERE portal IS NOT NULL;
                    CREATE INDEX plain_zone ON ledger_entry (zone, occurred_nanos) WHERE zone IS NOT NULL;
                    CREATE INDEX plain_person ON ledger_entry (pseudonym, occurred_nanos);
                    """));
        }

        Callable<?> next(int number) {
            SealedEntry entry = again(entries.get(number % entries.size()), event(number));
            long at = position++;
            return () -> store.write(connection -> {
                LedgerTables.insertEntries(connection, at, List.of(entry));
                SealedPersons.insert(connection, List.of(entry));
                return new Row(at, new byte[0], entry.leafHash(), entry.content(), null);
            });
        }
    }

    private static LedgerEvent event(int number) {
        return LedgerEvent.builder(EventKind.DECISION, NOW.plusNanos(number * 1_000_000L))
                .portal(PortalId.of("portal-" + number % 16))
                .zone(ZoneCode.of("zone-" + number % 5))
                .person(PersonId.of("person-" + number % PEOPLE))
                .fact("decision", "granted")
                .fact("reason", "permit")
                .personalFact("score", "41.7")
                .build();
    }

    /** Sealed entries whose bytes the plain writer writes again and again under new ids. */
    private List<SealedEntry> sealed(int round) throws Exception {
        List<SealedEntry> entries = new ArrayList<>();
        try (Store store = Stores.open(directory.resolve(round + "/seal.db"));
                StoreVault vault = StoreVault.open(
                        store,
                        KeyEncryptionKey.ofKeyFile(directory.resolve(round + "/seal.key")),
                        InstantSource.system())) {
            EntrySealer sealer = new EntrySealer(vault);
            for (int i = 0; i < PEOPLE; i++) {
                SealedEntry entry = sealer.seal(event(i), NOW);
                Sealed known = new Sealed(
                        entry.sealed().pseudonym(), new byte[0], entry.sealed().sealedFacts());
                entries.add(new SealedEntry(entry.event(), NOW, known, entry.content(), entry.leafHash()));
            }
        }
        return entries;
    }

    private static SealedEntry again(SealedEntry entry, LedgerEvent event) {
        return new SealedEntry(
                event, entry.recordedAt(), entry.sealed(), entry.content(), MerkleTree.leafHash(entry.content()));
    }

    private Speed measure(String name, IntFunction<Callable<?>> works) throws Exception {
        long[] took = new long[1 << 22];
        int count = 0;
        Clocks clocks = new Clocks();
        long before = clocks.start;
        while (before - clocks.start < nanos) {
            works.apply(number.getAndIncrement()).call();
            long now = System.nanoTime();
            took[count++] = now - before;
            before = now;
        }
        return clocks.report(name, Arrays.copyOf(took, count));
    }

    private Speed waiting(StoreLedger ledger, int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Clocks clocks = new Clocks();
            List<Callable<long[]>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                tasks.add(() -> {
                    long[] took = new long[1 << 18];
                    int count = 0;
                    long before = System.nanoTime();
                    while (before - clocks.start < nanos) {
                        ledger.append(event(number.getAndIncrement()));
                        long now = System.nanoTime();
                        took[count++] = now - before;
                        before = now;
                    }
                    return Arrays.copyOf(took, count);
                });
            }
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> each : executor.invokeAll(tasks)) {
                all.add(each.get());
            }
            return clocks.report(
                    threads + " waiting",
                    all.stream().flatMapToLong(Arrays::stream).toArray());
        } finally {
            executor.shutdown();
        }
    }

    private Speed pipelined(StoreLedger ledger) throws IOException {
        Clocks clocks = new Clocks();
        long before = ledger.size();
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        while (System.nanoTime() - clocks.start < nanos) {
            last = ledger.appendAsync(event(number.getAndIncrement()));
        }
        last.join();
        return clocks.report("pipelined", new long[(int) (ledger.size() - before)]);
    }

    /** With so many arrivals a second, at chance times. */
    private Speed open(String name, double rate, IntFunction<CompletableFuture<?>> append) {
        SplittableRandom random = new SplittableRandom(number.get());
        AtomicLongArray took = new AtomicLongArray(1 << 22);
        AtomicInteger count = new AtomicInteger();
        Clocks clocks = new Clocks();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (double due = 0; due < nanos; due += -Math.log(1 - random.nextDouble()) * 1e9 / rate) {
            long at = clocks.start + (long) due;
            while (System.nanoTime() < at) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            all.add(append.apply(number.getAndIncrement())
                    .thenAccept(entry -> took.set(count.getAndIncrement(), System.nanoTime() - at)));
        }
        all.forEach(CompletableFuture::join);
        return clocks.report(
                name, IntStream.range(0, count.get()).mapToLong(took::get).toArray());
    }

    /** What a part takes, of time and of processor. */
    private static final class Clocks {
        private final Duration cpu = processor();
        final long start = System.nanoTime();

        /** Of all threads, those of the virtual machine too; zero where the system does not tell. */
        private static Duration processor() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        }

        Speed report(String name, long[] took) {
            double each = took.length * 1e9 / (System.nanoTime() - start);
            double micros = processor().minus(cpu).toNanos() / 1e3 / took.length;
            Arrays.sort(took);
            long p99 = took[took.length * 99 / 100] / 1_000;
            System.out.printf(
                    "%-12s %9.0f/s  p50 %5d us  p99 %6d us  processor %5.1f us each%n",
                    name, each, took[took.length / 2] / 1_000, p99, micros);
            return new Speed(each, p99);
        }
    }
}
