package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.retain.PurgeTables.Batch;
import io.gatehouse.policy.retain.PurgeTables.Run;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Destroys what is over by a schedule: rows and files by their rooms' {@link Keeper}s, keys in the vault once nothing is
 * left under them, and writes a {@link PurgeCertificate} into the ledger. Thread-safe; one run at a time, also among
 * programs that share the database.
 *
 * <p>It works in batches and needs the memory of one. A program that dies leaves batches that are done, one that is begun,
 * and the rest: the next {@link #run} finishes that one, certifies what the dead run destroyed, and goes on with a run of
 * its own. What is held is passed over and counted. Ids are in the certificate as salted hashes only.
 */
public final class PurgeJob {
    /** In the ledger: after a restore everything that was over or shredded meanwhile was destroyed again. */
    public static final EventKind CAUGHT_UP = EventKind.of("retain.caught-up");

    static final String RESTORED = "restored";

    private static final String RETENTION = "retention";
    private static final String ERASURE = "erasure";
    private static final int BATCH = 1_000;

    /** Later than anything, and what millisecond columns of all databases take. */
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Store store;
    private final Vault vault;
    private final Ledger ledger;
    private final RetentionSchedule schedule;
    private final List<Keeper> keepers;
    private final LegalHolds holds;
    private final InstantSource clock;
    private final Destroyer destroyer;
    private final PurgeRuns runs;
    private final int batch;

    private PurgeJob(
            Store store,
            Vault vault,
            Ledger ledger,
            RetentionSchedule schedule,
            List<Keeper> keepers,
            LegalHolds holds,
            InstantSource clock,
            int batch) {
        this.batch = batch;
        this.store = store;
        this.vault = vault;
        this.ledger = ledger;
        this.schedule = schedule;
        this.keepers = Destroyer.distinct(keepers);
        this.holds = holds;
        this.clock = clock;
        this.destroyer = new Destroyer(store, vault, this.keepers, holds, schedule.zone());
        this.runs = new PurgeRuns(store, vault, schedule, destroyer, new Certifier(store, ledger), clock);
        for (Keeper each : keepers) {
            for (RetentionRule rule : schedule.rulesOf(each.dataClass())) {
                if (!rule.event().equals(each.startsWith())) {
                    throw new IllegalArgumentException("rule " + rule.id() + " counts from '" + rule.event()
                            + "', but the keeper " + each.name() + " from '" + each.startsWith() + "'");
                }
            }
        }
    }

    /**
     * Brings the tables up to date.
     *
     * @param keepers all rooms that keep something; a key is shredded when none of them keeps anything under it
     * @throws IllegalArgumentException if a rule counts from another event than a keeper of such data does
     */
    public static PurgeJob create(
            Store store,
            Vault vault,
            Ledger ledger,
            RetentionSchedule schedule,
            List<Keeper> keepers,
            LegalHolds holds,
            InstantSource clock)
            throws IOException {
        return create(store, vault, ledger, schedule, keepers, holds, clock, BATCH);
    }

    /** In batches of this size, for tests. */
    static PurgeJob create(
            Store store,
            Vault vault,
            Ledger ledger,
            RetentionSchedule schedule,
            List<Keeper> keepers,
            LegalHolds holds,
            InstantSource clock,
            int batch)
            throws IOException {
        store.migrate(PurgeTables.ROOM, PurgeTables.SCRIPTS);
        return new PurgeJob(
                store,
                Objects.requireNonNull(vault, "vault"),
                Objects.requireNonNull(ledger, "ledger"),
                schedule,
                keepers,
                Objects.requireNonNull(holds, "holds"),
                Objects.requireNonNull(clock, "clock"),
                batch);
    }

    /** What {@link #run} would do now; changes nothing, and needs the memory of one batch. */
    public PurgePlan plan() throws IOException {
        return new Planner(schedule, keepers, holds).plan(clock.instant(), batch);
    }

    /** Destroys what is over now. */
    public List<PurgeCertificate> run() throws IOException {
        return run(progress -> {});
    }

    /**
     * Destroys what is over now, and tells after each batch how far it is.
     *
     * @return what was certified: by runs that a crash cut off first, then by this one
     * @throws StoreException if another program is at it
     */
    public List<PurgeCertificate> run(Consumer<? super PurgeProgress> listener) throws IOException {
        return runs.alone(() -> {
            List<PurgeCertificate> certificates = new ArrayList<>(runs.finishCutOff());
            certificates.addAll(purge(listener));
            return List.copyOf(certificates);
        });
    }

    private List<PurgeCertificate> purge(Consumer<? super PurgeProgress> listener) throws IOException {
        Run run = runs.begin(RETENTION);
        for (Keeper each : keepers) {
            Tally tally = new Tally(run, each, listener);
            new Planner(schedule, keepers, holds).pages(each, run.at(), batch, tally::destroy);
        }
        return runs.close(run);
    }

    /** Counts the batches of one keeper. */
    private final class Tally {
        private final Run run;
        private final Keeper keeper;
        private final Consumer<? super PurgeProgress> listener;
        private long seq;
        private long items;
        private long keys;
        private long held;

        Tally(Run run, Keeper keeper, Consumer<? super PurgeProgress> listener) {
            this.run = run;
            this.keeper = keeper;
            this.listener = listener;
        }

        void destroy(List<KeptItem> due, List<KeptItem> spared) throws IOException {
            Batch done = destroyer.destroy(run, keeper, seq++, due, spared.size());
            items += done.items();
            keys += done.keyPrints().lines().count();
            held += done.held();
            listener.accept(new PurgeProgress(keeper.name(), items, keys, held));
        }
    }

    /**
     * The proof that a run destroyed an item, for whoever asks about it.
     *
     * @return empty if that run destroyed no such item of that keeper
     */
    public Optional<DeletionProof> proofOf(UUID runId, String keeper, String itemId) throws IOException {
        return new ProofFinder(store, vault).find(runId, keeper, itemId);
    }

    /**
     * What came of an erasure. Immutable and thread-safe.
     *
     * @param certificates what was destroyed
     * @param left         how many items were left: held, or to be kept for a least time
     */
    public record Erased(List<PurgeCertificate> certificates, long left) {
        public Erased {
            certificates = List.copyOf(certificates);
        }
    }

    /** Destroys what the keepers keep of a person, on request, but for what is held or must be kept still. */
    public Erased erase(PersonId person) throws IOException {
        return runs.alone(() -> {
            List<PurgeCertificate> certificates = new ArrayList<>(runs.finishCutOff());
            Run run = runs.begin(ERASURE);
            long left = 0;
            for (Keeper each : keepers) {
                List<KeptItem> all = each.itemsOf(person);
                List<KeptItem> may = new ArrayList<>(all.stream()
                        .filter(item -> mayBeDeleted(each, item, run.at()))
                        .toList());
                may.removeAll(holds.held(each.dataClass(), may));
                left += all.size() - may.size();
                inBatches(run, each, may);
            }
            certificates.addAll(runs.close(run));
            return new Erased(certificates, left);
        });
    }

    private boolean mayBeDeleted(Keeper keeper, KeptItem item, Instant now) {
        return schedule.ruleFor(keeper.dataClass(), item)
                .map(rule -> rule.mayBeDeleted(item, now, schedule.zone()))
                .orElse(true);
    }

    private void inBatches(Run run, Keeper keeper, List<KeptItem> items) throws IOException {
        long seq = 0;
        for (int from = 0; from < items.size(); from += batch) {
            destroyer.destroy(run, keeper, seq++, items.subList(from, Math.min(items.size(), from + batch)), 0);
        }
    }

    /**
     * After a restore and before anything is served: destroys what the backup brought back although its key was shredded
     * since, then what is over, and records {@link #CAUGHT_UP}. Give {@link LegalHolds#replay} the missing entries first.
     */
    public List<PurgeCertificate> catchUp() throws IOException {
        return runs.alone(() -> {
            List<PurgeCertificate> certificates = new ArrayList<>(runs.finishCutOff());
            Run run = runs.begin(RESTORED);
            long orphans = 0;
            for (Keeper each : keepers) {
                orphans += sweep(run, each);
            }
            certificates.addAll(runs.close(run));
            certificates.addAll(purge(progress -> {}));
            ledger.append(LedgerEvent.builder(CAUGHT_UP, clock.instant())
                    .fact("run", run.id().toString())
                    .fact("unreadable", Long.toString(orphans))
                    .build());
            return List.copyOf(certificates);
        });
    }

    private long sweep(Run run, Keeper keeper) throws IOException {
        long seq = 0;
        long found = 0;
        Optional<KeptItem> after = Optional.empty();
        List<KeptItem> page = keeper.startedBy(EVER, after, batch);
        while (!page.isEmpty()) {
            after = Optional.of(page.get(page.size() - 1));
            List<KeptItem> orphans = new ArrayList<>();
            for (KeptItem each : page) {
                if (isOrphan(keeper, each)) {
                    orphans.add(each);
                }
            }
            if (!orphans.isEmpty()) {
                destroyer.destroy(run, keeper, seq++, orphans, 0);
                found += orphans.size();
            }
            page = keeper.startedBy(EVER, after, batch);
        }
        return found;
    }

    private boolean isOrphan(Keeper keeper, KeptItem item) throws IOException {
        if (item.owner().isEmpty()) {
            return false;
        }
        Optional<byte[]> sample = keeper.sealedSample(item);
        return sample.isPresent()
                && vault.open(item.owner().get(), keeper.dataClass(), sample.get())
                        .isEmpty();
    }

    /** How long before now something may have begun at the latest to be over by any rule about such data. */
    static Optional<Instant> latestStart(RetentionSchedule schedule, DataClass dataClass, Instant now) {
        return schedule.rulesOf(dataClass).stream()
                // Calendars differ by some days in how far a period reaches back; each item is looked at anyway.
                .map(rule -> now.atZone(schedule.zone())
                        .minus(rule.keep())
                        .toInstant()
                        .plus(Duration.ofDays(4)))
                .map(start -> start.isAfter(now) ? now : start)
                .max(Instant::compareTo);
    }
}
