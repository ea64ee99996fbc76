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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Measures durable appends beside a plain writer of the same rows, one transaction each, in the same run: {@code
 * LedgerSpeed <new directory> [seconds a round] [rounds]}. A program, not a test: its figures depend on the disk.
 */
final class LedgerSpeed {
    private static final int PEOPLE = 1_000;
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final Path directory;
    private final long nanos;
    private final AtomicInteger number = new AtomicInteger();

    private LedgerSpeed(Path directory, long nanos) {
        this.directory = directory;
        this.nanos = nanos;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        LedgerSpeed speed = new LedgerSpeed(directory, seconds * 1_000_000_000);
        for (int round = 0; round < rounds; round++) {
            speed.round(round);
        }
    }

    private void round(int round) throws Exception {
        double plain;
        try (Store store = Stores.open(directory.resolve(round + "/plain.db"))) {
            store.migrate(LedgerTables.ROOM, LedgerTables.SCRIPTS);
            // What the ledger's own list of a person's entries stands for.
            store.migrate("plain", List.of("CREATE INDEX plain_person ON ledger_entry (pseudonym, occurred_nanos);"));
            List<SealedEntry> entries = sealed(round);
            int[] at = {0};
            plain = measure("plain", i -> {
                long position = at[0]++;
                SealedEntry entry = again(entries.get(i % entries.size()), event(i));
                return () -> store.write(connection -> {
                    LedgerTables.insertEntries(connection, position, List.of(entry));
                    LedgerTables.insertPersons(connection, List.of(entry));
                    return new Row(position, new byte[0], entry.leafHash(), entry.content(), null);
                });
            });
        }
        try (Store store = Stores.open(directory.resolve(round + "/ledger.db"));
                StoreVault vault = StoreVault.open(
                        store, KeyEncryptionKey.ofKeyFile(directory.resolve(round + "/key")), InstantSource.system());
                StoreLedger ledger = StoreLedger.open(store, vault, "speed.example.com", InstantSource.system())) {
            for (int i = 0; i < PEOPLE; i++) {
                ledger.append(event(i));
            }
            double single = measure("single", i -> () -> ledger.append(event(i)));
            double waiting = waiting(ledger, 64);
            double pipelined = pipelined(ledger);
            System.out.printf(
                    "round %d: single %.2f, 64 waiting %.1f, pipelined %.1f times the plain writer; %d entries%n",
                    round, single / plain, waiting / plain, pipelined / plain, ledger.size());
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

    private double measure(String name, IntFunction<Callable<?>> works) throws Exception {
        long[] took = new long[1 << 22];
        int count = 0;
        long start = System.nanoTime();
        long before = start;
        while (before - start < nanos) {
            works.apply(number.getAndIncrement()).call();
            long now = System.nanoTime();
            took[count++] = now - before;
            before = now;
        }
        return report(name, Arrays.copyOf(took, count), before - start);
    }

    private double waiting(StoreLedger ledger, int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Callable<long[]>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                tasks.add(() -> {
                    long[] took = new long[1 << 18];
                    int count = 0;
                    long before = System.nanoTime();
                    while (before - start < nanos) {
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
            return report(
                    threads + " waiting",
                    all.stream().flatMapToLong(Arrays::stream).toArray(),
                    System.nanoTime() - start);
        } finally {
            executor.shutdown();
        }
    }

    private double pipelined(StoreLedger ledger) throws IOException {
        long start = System.nanoTime();
        long before = ledger.size();
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        while (System.nanoTime() - start < nanos) {
            last = ledger.appendAsync(event(number.getAndIncrement()));
        }
        last.join();
        return report("pipelined", new long[(int) (ledger.size() - before)], System.nanoTime() - start);
    }

    private static double report(String name, long[] took, long total) {
        Arrays.sort(took);
        double each = took.length * 1e9 / total;
        System.out.printf(
                "%-12s %9.0f/s  p50 %5d us  p99 %6d us%n",
                name, each, took[took.length / 2] / 1_000, took[took.length * 99 / 100] / 1_000);
        return each;
    }
}
