package io.gatehouse.policy.retain;

import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.store.Store;
import io.gatehouse.policy.retain.PurgeTables.Batch;
import io.gatehouse.policy.retain.PurgeTables.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes into the ledger what a run destroyed, from its stored batches: the same entries again after a crash, which the
 * ledger keeps once. Thread-safe.
 */
final class Certifier {
    /** So many facts of up to 3,800 characters an entry holds beside the others. */
    private static final int PIECES_AN_ENTRY = 14;

    /** So many fingerprints of keys are told one by one; of more only the root. */
    private static final int MAX_PRINTS = 100;

    private final Store store;
    private final Ledger ledger;

    Certifier(Store store, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /** The sums of a keeper's batches. */
    private static final class Sums {
        final MerkleTree ids = new MerkleTree();
        final MerkleTree keys = new MerkleTree();
        final Buckets buckets = new Buckets();
        final List<String> prints = new ArrayList<>();
        long items;
        long held;
        long probes;
        long opened;

        void add(Batch batch) {
            ids.append(MerkleTree.leafHash(root(batch.leaves())));
            batch.keyPrints().lines().forEach(print -> {
                keys.append(MerkleTree.leafHash(print.getBytes(StandardCharsets.US_ASCII)));
                if (prints.size() < MAX_PRINTS) {
                    prints.add(print);
                }
            });
            buckets.add(batch.buckets());
            items += batch.items();
            held += batch.held();
            probes += batch.probes();
            opened += batch.opened();
        }
    }

    /** The Merkle root of a batch's salted hashes. */
    static byte[] root(byte[] leaves) {
        MerkleTree tree = new MerkleTree();
        for (int at = 0; at < leaves.length; at += MerkleTree.HASH_BYTES) {
            tree.append(Arrays.copyOfRange(leaves, at, at + MerkleTree.HASH_BYTES));
        }
        return tree.root();
    }

    Optional<PurgeCertificate> certify(Run run, Keeper keeper) throws IOException {
        Sums sums = new Sums();
        Optional<Batch> batch = next(run, keeper, -1);
        while (batch.isPresent()) {
            sums.add(batch.get());
            batch = next(run, keeper, batch.get().id().seq());
        }
        return sums.items == 0 && sums.held == 0 ? Optional.empty() : Optional.of(write(run, keeper, sums));
    }

    private Optional<Batch> next(Run run, Keeper keeper, long seq) throws IOException {
        return store.read(connection -> PurgeTables.next(connection, run.id(), keeper.name(), seq));
    }

    private PurgeCertificate write(Run run, Keeper keeper, Sums sums) throws IOException {
        List<String> pieces = sums.buckets.pieces();
        int parts = (pieces.size() + PIECES_AN_ENTRY - 1) / PIECES_AN_ENTRY;
        long first = -1;
        for (int part = 0; part < parts; part++) {
            LedgerEvent.Builder event = head(run, keeper, sums, part, parts);
            int from = part * PIECES_AN_ENTRY;
            List<String> own = pieces.subList(from, Math.min(pieces.size(), from + PIECES_AN_ENTRY));
            for (int i = 0; i < own.size(); i++) {
                event.fact(String.format(Locale.ROOT, "days-%02d", i), own.get(i));
            }
            long index = ledger.append(event.build()).index();
            first = part == 0 ? index : first;
        }
        return new PurgeCertificate(
                run.id(),
                keeper.name(),
                keeper.dataClass(),
                run.cause(),
                run.scheduleVersion(),
                run.scheduleSha256(),
                sums.items,
                sums.keys.size(),
                sums.held,
                HexFormat.of().formatHex(sums.ids.root()),
                HexFormat.of().formatHex(sums.keys.root()),
                sums.probes,
                sums.opened,
                run.at(),
                first);
    }

    private static LedgerEvent.Builder head(Run run, Keeper keeper, Sums sums, int part, int parts) {
        String name = run.id() + " " + keeper.name() + " " + part;
        return LedgerEvent.builder(PurgeCertificate.KIND, run.at())
                .id(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                .fact("run", run.id().toString())
                .fact("keeper", keeper.name())
                .fact("data-class", keeper.dataClass().value())
                .fact("cause", run.cause())
                .fact("schedule", Long.toString(run.scheduleVersion()))
                .fact("schedule-sha256", run.scheduleSha256())
                .fact("items", Long.toString(sums.items))
                .fact("held", Long.toString(sums.held))
                .fact("keys", Long.toString(sums.keys.size()))
                .fact("keys-root", HexFormat.of().formatHex(sums.keys.root()))
                .fact("key-fingerprints", String.join(",", sums.prints))
                .fact("ids-root", HexFormat.of().formatHex(sums.ids.root()))
                .fact("probes", Long.toString(sums.probes))
                .fact("probes-opened", Long.toString(sums.opened))
                .fact("part", Integer.toString(part + 1))
                .fact("parts", Integer.toString(parts));
    }
}
