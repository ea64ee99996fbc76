package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.store.Backup;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the whole ledger little by little, for ever: each {@link #step} reads so many entries, and when the last is
 * reached a new round begins. So whoever calls it every so often chooses the load. What is found is told with its place
 * and the backup to restore. Where a round stands is kept in the database, so that a start of the program does not begin
 * it again. Thread-safe; one step at a time runs.
 */
public final class LedgerWatch {
    private final WatchRound.Parts parts;
    private final Store store;
    private final InstantSource clock;
    private final int entriesPerStep;
    private final KnownBackups backups;
    private final Listener listener;
    private @Nullable WatchRound running;

    /**
     * A backup that is known, and how much of the ledger is in it. Immutable and thread-safe.
     *
     * @param name       what whoever restores it knows it by
     * @param takenAt    when it was begun, or before
     * @param checkpoint the note of a checkpoint that was signed before it was taken
     */
    public record KnownBackup(String name, Instant takenAt, String checkpoint) {
        public KnownBackup {
            Objects.requireNonNull(takenAt, "takenAt");
            Objects.requireNonNull(checkpoint, "checkpoint");
            if (name.isBlank()) {
                throw new IllegalArgumentException("a backup has a name, so that it can be said which one to restore");
            }
        }

        /** A backup of a store, before which this checkpoint was signed. */
        public static KnownBackup of(Backup backup, Checkpoint before) {
            return new KnownBackup(Long.toString(backup.number()), backup.takenAt(), before.note());
        }
    }

    /** Port to whoever takes the backups. */
    @FunctionalInterface
    public interface KnownBackups {
        /** Those that can be restored, in any order. */
        List<KnownBackup> list() throws IOException;
    }

    /** Hears what a watch finds, in the thread that steps; if it throws, the step fails and is done again. */
    @FunctionalInterface
    public interface Listener {
        /** Something is wrong. It is told again in each round until it is mended. */
        void found(Damage damage);

        /** A round is done: so many entries, and whether nothing was found in it. */
        default void roundDone(long entries, boolean clean) {}
    }

    /**
     * What is wrong, and what to do.
     *
     * @param finding what, and which entry
     * @param backup  the backup to restore: the newest that holds the entry and is older than the last round that found
     *                nothing, so that it was taken while all was well; without such a one the newest that holds the entry
     * @param sound   whether the backup is of the first kind; one of the other may hold the damage itself
     */
    public record Damage(Finding finding, Optional<KnownBackup> backup, boolean sound) {
        public Damage {
            Objects.requireNonNull(finding, "finding");
            Objects.requireNonNull(backup, "backup");
        }

        @Override
        public String toString() {
            return finding
                    + backup.map(each -> " Restore the backup " + each.name() + " of " + each.takenAt()
                                    + (sound ? "." : " and verify it, for it may hold the damage."))
                            .orElse(" No known backup holds this: keep what there is.");
        }
    }

    LedgerWatch(
            WatchRound.Parts parts, InstantSource clock, int entriesPerStep, KnownBackups backups, Listener listener) {
        if (entriesPerStep < 1 || entriesPerStep > 1 << 24) {
            throw new IllegalArgumentException("a step verifies 1 to " + (1 << 24) + " entries, not " + entriesPerStep);
        }
        this.parts = parts;
        this.store = parts.store();
        this.clock = clock;
        this.entriesPerStep = Math.max(1, entriesPerStep / TilePath.WIDTH) * TilePath.WIDTH;
        this.backups = Objects.requireNonNull(backups, "backups");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** The entry that the next step begins with. */
    public synchronized long position() throws IOException {
        return progress().position();
    }

    private WatchProgress progress() throws IOException {
        return store.read(WatchProgress::read).orElseGet(() -> WatchProgress.begin(clock.instant(), Optional.empty()));
    }

    /**
     * Verifies the next entries.
     *
     * @return whether this was the last step of a round
     * @throws IOException if the database cannot be read at all, or the place cannot be kept; then the step is done again
     */
    public synchronized boolean step() throws IOException {
        WatchProgress before = progress();
        Findings findings = new Findings();
        WatchRound now = running;
        if (now == null || before.position() == 0) {
            now = WatchRound.from(parts, before.position(), findings);
            before = before.position() > now.size() ? before.at(0, before.damaged()) : before;
        }
        running = now;
        long end = Math.min(before.position() + entriesPerStep, now.size());
        try {
            now.verify(before.position(), end, findings);
        } catch (StoreException e) {
            running = null;
            tellUnreadable(before.position(), end, e);
            throw e;
        } catch (IOException | RuntimeException e) {
            // The round may have taken a part of this: begins anew from what is kept.
            running = null;
            throw e;
        }
        boolean done = end == now.size();
        if (done && !now.endsAsRecorded()) {
            findings.add(Kind.WRONG_ROOT, Finding.WHOLE, "The entries of the ledger are not those that were recorded.");
        }
        boolean damaged = before.damaged() || !findings.isEmpty();
        tell(findings, before.cleanSince());
        keep(before, end, done, damaged);
        if (done) {
            listener.roundDone(now.size(), !damaged);
        }
        return done;
    }

    /** It is tried again with the next step, but whoever listens should not have to read the caller's log for it. */
    private void tellUnreadable(long from, long end, StoreException cause) throws IOException {
        Findings findings = new Findings();
        findings.add(
                Kind.MALFORMED,
                from,
                "Of entries " + from + " to " + (end - 1) + " many cannot be read: " + cause.getMessage());
        tell(findings, progress().cleanSince());
    }

    private void keep(WatchProgress before, long end, boolean done, boolean damaged) throws IOException {
        Optional<Instant> clean = damaged ? before.cleanSince() : Optional.of(before.begun());
        WatchProgress next = done ? WatchProgress.begin(clock.instant(), clean) : before.at(end, damaged);
        running = done ? null : running;
        store.write(next::write);
    }

    private void tell(Findings findings, Optional<Instant> cleanSince) throws IOException {
        if (findings.isEmpty()) {
            return;
        }
        List<KnownBackup> known = new ArrayList<>(backups.list());
        known.sort(Comparator.comparing(KnownBackup::takenAt).reversed());
        for (Finding finding : findings.listed()) {
            List<KnownBackup> holding =
                    known.stream().filter(each -> holds(each, finding.index())).toList();
            Optional<KnownBackup> sound = holding.stream()
                    .filter(each -> cleanSince.isPresent() && !each.takenAt().isAfter(cleanSince.get()))
                    .findFirst();
            Optional<KnownBackup> backup =
                    sound.isPresent() ? sound : holding.stream().findFirst();
            listener.found(new Damage(finding, backup, sound.isPresent()));
        }
    }

    /** By its checkpoint, which must be the ledger's own. */
    private boolean holds(KnownBackup backup, long index) {
        try {
            CheckpointNote note = CheckpointNote.parse(backup.checkpoint());
            return note.size() > index && parts.keys().isSigned(note);
        } catch (IllegalArgumentException e) {
            // A backup whose checkpoint was altered is none to restore.
            return false;
        }
    }
}
