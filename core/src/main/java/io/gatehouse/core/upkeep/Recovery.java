package io.gatehouse.core.upkeep;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerQuery;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.ExportedEntries;
import io.gatehouse.core.ledger.verify.KeyChain;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Backups;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.ShredReplay;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Restores a backup with vault and ledger into an empty directory: what was shredded since is shredded again, the ledger
 * is whole, and it agrees with what is known outside; or nothing is restored and {@link BackupRefusedException} says why.
 * Immutable and thread-safe.
 *
 * <p>A backup is older than what it replaces, so entries may be missing. These are said, and handed over where an export
 * has them; gates that buffer send theirs again, under the same ids, and they are recorded once. The restored ledger goes
 * on from its own last entry: whoever kept a checkpoint of more entries than it has will find, rightly, that the ledger
 * has another past since. The entry {@value #RESTORED} says so in the ledger, with that checkpoint's root.
 */
public final class Recovery {
    /** The kind of the entry that records a restore. */
    public static final String RESTORED = "ledger.restored";

    private final Outside outside;
    private final @Nullable Path export;
    private final @Nullable Path shreddings;
    private final boolean acceptsUnshown;
    private final KeyEncryptionKey outer;
    private final InstantSource clock;

    private Recovery(Builder builder) {
        this.outside = new Outside(builder.keys, builder.checkpoints, builder.proof, Optional.empty());
        this.export = builder.export;
        this.shreddings = builder.shreddings;
        this.acceptsUnshown = builder.acceptsUnshown;
        this.outer = builder.outer;
        this.clock = builder.clock;
        if (shreddings == null && !builder.withoutShreddings) {
            throw new IllegalArgumentException("a backup brings back what was shredded since: give the list of"
                    + " shreddings that was kept beside the backups");
        }
    }

    /**
     * Describes a recovery.
     *
     * @param outer the vault's outer key at the time of the backup; the caller closes it
     * @param clock for the time of the entry that records the restore
     */
    public static Builder builder(KeyEncryptionKey outer, InstantSource clock) {
        return new Builder(outer, clock);
    }

    /**
     * Restores a backup. There is the whole database at {@code database} afterwards, fit to be served, or none.
     *
     * @param number   of the backup
     * @param database where no file is yet, in a directory that is missing or empty
     * @param missing  is handed the missing entries that the export has, in order, before the database is in place; with
     *                 the person and personal facts as far as the restored vault has their keys
     * @throws BackupRefusedException if the backup is not what was signed, or cannot be shown to be
     * @throws IOException            if the backup, the list or the export cannot be read, or another vault's key is given
     */
    public Recovered restore(Backups backups, long number, Path database, Consumer<LedgerEntry> missing)
            throws IOException {
        Objects.requireNonNull(missing, "missing");
        Optional<ExportedEntries> exported =
                export == null ? Optional.empty() : Optional.of(ExportedEntries.open(export));
        Outside known = exported.isPresent() ? outside.with(exported.get()) : outside;
        AtomicReference<@Nullable Recovered> recovered = new AtomicReference<>();
        backups.restore(number, database, store -> recovered.set(mend(store, number, known, missing)));
        return Objects.requireNonNull(recovered.get());
    }

    private Recovered mend(Store store, long number, Outside known, Consumer<LedgerEntry> missing) throws IOException {
        try (StoreVault vault = StoreVault.open(store, outer, clock)) {
            Optional<ShredReplay> replayed = replayShreddings(vault);
            try (StoreLedger ledger =
                    StoreLedger.open(store, vault, known.newest().origin(), clock)) {
                requireWhole(ledger);
                known.requireSigned(trusted(ledger, known));
                long shown = requireConsistent(ledger, known);
                long entries = ledger.size();
                Optional<Recovered.Missing> lost = listMissing(ledger, known, missing);
                ledger.append(record(number, entries, known.newest(), replayed));
                return new Recovered(number, entries, shown, lost, replayed, ledger.checkpoint());
            }
        }
    }

    /** Any key that was ever in force leads to all, by the changes in the ledger, in the export, or in one after the other. */
    private TrustedKeys trusted(StoreLedger ledger, Outside known) throws IOException {
        TrustedKeys trusted = new TrustedKeys(known.keys());
        KeyChain own = ownChain(ledger);
        trusted.follow(own);
        if (export != null && known.export().isPresent()) {
            Outside.requireVerified(export, known.export().get(), trusted);
            trusted.follow(own);
        }
        if (!trusted.contains(ledger.verifierKey())) {
            throw new BackupRefusedException("The ledger in this backup signs by the key " + ledger.verifierKey()
                    + ", which is not among those trusted, nor does a change of key lead to it from there: it is another"
                    + " ledger; or give that key too if you know it from elsewhere.");
        }
        return trusted;
    }

    /** By the entries, whose roots were verified. */
    private static KeyChain ownChain(StoreLedger ledger) throws IOException {
        KeyChain chain = new KeyChain();
        LedgerQuery changes = LedgerQuery.builder()
                .kind(EventKind.KEY_CHANGE)
                .order(LedgerQuery.Order.OLDEST_FIRST)
                .build();
        try (Stream<LedgerEntry> entries = ledger.stream(changes)) {
            for (LedgerEntry entry : (Iterable<LedgerEntry>) entries::iterator) {
                String note = entry.event().facts().getOrDefault(KeyChange.FACT, "");
                Optional<String> wrong = chain.take(entry.index(), note, Optional.empty());
                if (wrong.isPresent()) {
                    throw new BackupRefusedException("The change of the signing key in entry " + entry.index()
                            + " of this backup is false: " + wrong.get() + ". Use another backup.");
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return chain;
    }

    private Optional<ShredReplay> replayShreddings(StoreVault vault) throws IOException {
        return shreddings == null ? Optional.empty() : Optional.of(vault.replayShreddings(shreddings));
    }

    private static void requireWhole(StoreLedger ledger) throws IOException {
        Verification verification = ledger.verify();
        if (!verification.isVerified()) {
            throw new BackupRefusedException("The ledger in this backup does not verify: "
                    + verification.findings().get(0) + " Use another backup.");
        }
    }

    private long requireConsistent(StoreLedger ledger, Outside known) throws IOException {
        long shown = new PrefixCheck(ledger, known).shown();
        if (shown == 0 && ledger.size() > 0 && !acceptsUnshown) {
            throw new BackupRefusedException("This backup's ledger has " + ledger.size() + " entries, the newest"
                    + " checkpoint known outside covers " + known.newest().size() + ", and nothing shows that the one"
                    + " begins with the other: give an older checkpoint, an export, or the consistency proof from "
                    + ledger.size() + " to " + known.newest().size() + " entries.");
        }
        return shown;
    }

    private static Optional<Recovered.Missing> listMissing(
            StoreLedger ledger, Outside known, Consumer<LedgerEntry> missing) throws IOException {
        long from = ledger.size();
        long end = known.newest().size();
        if (end <= from) {
            return Optional.empty();
        }
        long listed = known.export().isEmpty()
                ? 0
                : Math.max(0, known.export().get().checkpoint().size() - from);
        if (listed > 0) {
            known.export()
                    .get()
                    .read(from, from + listed, (index, content) -> missing.accept(ledger.exported(index, content)));
        }
        return Optional.of(new Recovered.Missing(from, end - 1, listed));
    }

    private LedgerEvent record(long number, long entries, CheckpointNote newest, Optional<ShredReplay> replayed) {
        return LedgerEvent.builder(EventKind.of(RESTORED), clock.instant())
                .fact("backup", Long.toString(number))
                .fact("entries", Long.toString(entries))
                .fact("missing", Long.toString(Math.max(0, newest.size() - entries)))
                .fact("known-size", Long.toString(newest.size()))
                .fact("known-root", HexFormat.of().formatHex(newest.root()))
                .fact(
                        "shreddings",
                        Long.toString(replayed.map(ShredReplay::applied).orElse(0L)))
                .build();
    }

    @Override
    public String toString() {
        return "Recovery[" + outside.newest() + "]";
    }

    /** What a recovery is held against. Not thread-safe. */
    public static final class Builder {
        private final KeyEncryptionKey outer;
        private final InstantSource clock;
        private final List<VerifierKey> keys = new ArrayList<>();
        private final List<CheckpointNote> checkpoints = new ArrayList<>();
        private List<byte[]> proof = List.of();
        private @Nullable Path export;
        private @Nullable Path shreddings;
        private boolean withoutShreddings;
        private boolean acceptsUnshown;

        private Builder(KeyEncryptionKey outer, InstantSource clock) {
            this.outer = Objects.requireNonNull(outer, "outer");
            this.clock = Objects.requireNonNull(clock, "clock");
        }

        /**
         * A key that the ledger signs or signed by, known from outside; at least one. Of a ledger whose key changed any
         * will do: changes that both keys signed are followed, in the backup's ledger and in the export.
         */
        public Builder trust(VerifierKey key) {
            keys.add(Objects.requireNonNull(key, "key"));
            return this;
        }

        /**
         * A checkpoint kept outside, at least the newest. Older ones show backups that lack the newest entries.
         *
         * @throws IllegalArgumentException if it is no signed note of a checkpoint
         */
        public Builder known(String checkpoint) {
            checkpoints.add(CheckpointNote.parse(checkpoint));
            return this;
        }

        /** The consistency proof from the backup's entries to a checkpoint kept outside, from whoever has the hashes. */
        public Builder proof(List<byte[]> hashes) {
            proof = hashes.stream().map(byte[]::clone).toList();
            return this;
        }

        /** An export of the ledger, of any age. */
        public Builder export(Path directory) {
            export = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** The list of shreddings that was kept beside the backups; it is only read. */
        public Builder shreddings(Path list) {
            shreddings = Objects.requireNonNull(list, "list");
            return this;
        }

        /** Restores without a list of shreddings: what was shredded since the backup is there again. */
        public Builder insecureWithoutShreddings() {
            withoutShreddings = true;
            return this;
        }

        /** Takes a backup's own word where nothing from outside reaches its entries; what contradicts is refused still. */
        public Builder insecureAcceptUnshown() {
            acceptsUnshown = true;
            return this;
        }

        /** @throws IllegalArgumentException if something is missing, or the checkpoints contradict each other */
        public Recovery build() {
            return new Recovery(this);
        }
    }
}
