package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.ShredCertificate;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.retain.PurgeTables.Batch;
import io.gatehouse.policy.retain.PurgeTables.BatchId;
import io.gatehouse.policy.retain.PurgeTables.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Destroys items batch by batch, so that a program may die at any point. What a batch is about to destroy is stored,
 * sealed, before anything is destroyed; rooms destroy the same item again without harm, and the vault gives the same
 * certificate for a key again; then one transaction puts in its place what was destroyed. Thread-safe.
 */
final class Destroyer {
    private static final int SALT_BYTES = 32;

    private final Store store;
    private final Vault vault;
    private final List<Keeper> keepers;
    private final LegalHolds holds;
    private final ZoneId zone;

    Destroyer(Store store, Vault vault, List<Keeper> keepers, LegalHolds holds, ZoneId zone) {
        this.store = store;
        this.vault = vault;
        this.keepers = keepers;
        this.holds = holds;
        this.zone = zone;
    }

    static int saltBytes() {
        return SALT_BYTES;
    }

    static String saltName(Run run) {
        return "policy.retain salt " + run.id();
    }

    private static String batchName(BatchId id) {
        return "policy.retain batch " + id.runId() + " " + id.seq();
    }

    /** Destroys these items; {@code held} more were passed over. */
    Batch destroy(Run run, Keeper keeper, long seq, List<KeptItem> items, long held) throws IOException {
        BatchId id = new BatchId(run.id(), keeper.name(), seq);
        byte[] sealed = vault.sealSecret(batchName(id), payload(keeper, items).encode());
        store.write(connection -> PurgeTables.begin(connection, id, sealed, held));
        Batch begun = new Batch(id, sealed, new byte[0], "", "", 0, held, 0, 0);
        return finish(run, keeper, begun, sealed);
    }

    private static BatchPayload payload(Keeper keeper, List<KeptItem> items) throws IOException {
        for (KeptItem each : items) {
            Optional<byte[]> sample = each.owner().isEmpty() ? Optional.empty() : keeper.sealedSample(each);
            if (sample.isPresent()) {
                return new BatchPayload(items, sample.get(), each.owner());
            }
        }
        return new BatchPayload(items, new byte[0], Optional.empty());
    }

    /** Finishes what a program that died had begun. */
    void finishBegun(Run run) throws IOException {
        for (Batch each : store.read(connection -> PurgeTables.unfinished(connection, run.id()))) {
            byte[] sealed = each.sealed();
            if (sealed != null) {
                finish(run, keeper(each.id().keeper()), each, sealed);
            }
        }
    }

    Keeper keeper(String name) {
        return keepers.stream()
                .filter(keeper -> keeper.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a purge of the keeper '" + name + "' was cut off, and"
                        + " that keeper is not here: give it too, so that the purge can be finished"));
    }

    private Batch finish(Run run, Keeper keeper, Batch begun, byte[] sealed) throws IOException {
        BatchPayload payload = BatchPayload.decode(vault.openSecret(batchName(begun.id()), sealed));
        List<KeptItem> items = new ArrayList<>(payload.items());
        List<KeptItem> spared = spared(run, keeper, items);
        items.removeAll(spared);
        keeper.delete(items);
        List<ShredCertificate> keys = shredKeys(keeper, items);
        boolean isProbed = payload.sampleOf()
                .filter(owner -> keys.stream().anyMatch(key -> key.person().equals(owner)))
                .isPresent();
        boolean opens = isProbed
                && vault.open(payload.sampleOf().orElseThrow(), keeper.dataClass(), payload.sample())
                        .isPresent();
        Buckets buckets = new Buckets();
        items.forEach(item -> buckets.add(item, zone));
        Batch done = new Batch(
                begun.id(),
                null,
                leaves(run, keeper, items),
                keys.stream().map(ShredCertificate::keyFingerprint).collect(Collectors.joining("\n")),
                buckets.toString(),
                items.size(),
                begun.held() + spared.size(),
                isProbed ? 1 : 0,
                opens ? 1 : 0);
        store.write(connection -> PurgeTables.finish(connection, done));
        return done;
    }

    /** Items that came to be held meanwhile, and are there still. What can be opened no more is not held by anything. */
    private List<KeptItem> spared(Run run, Keeper keeper, List<KeptItem> items) throws IOException {
        List<KeptItem> spared = new ArrayList<>();
        if (!run.cause().equals(PurgeJob.RESTORED)) {
            for (KeptItem each : holds.held(keeper.dataClass(), items)) {
                if (keeper.keeps(each)) {
                    spared.add(each);
                }
            }
        }
        return spared;
    }

    /** The keys of those of whom no room keeps anything of this class any more, and nothing is held. */
    private List<ShredCertificate> shredKeys(Keeper keeper, List<KeptItem> items) throws IOException {
        Set<PersonId> owners = new LinkedHashSet<>();
        items.forEach(item -> item.owner().ifPresent(owners::add));
        List<PersonId> gone = new ArrayList<>();
        for (PersonId owner : owners) {
            if (!isKept(keeper, owner) && !holds.holds(owner, keeper.dataClass())) {
                gone.add(owner);
            }
        }
        return vault.shredAll(gone, keeper.dataClass()).stream()
                .filter(certificate -> !certificate.keyFingerprint().isEmpty())
                .toList();
    }

    private boolean isKept(Keeper of, PersonId owner) throws IOException {
        for (Keeper each : keepers) {
            if (each.dataClass().equals(of.dataClass()) && each.keepsAnyOf(owner)) {
                return true;
            }
        }
        return false;
    }

    private byte[] leaves(Run run, Keeper keeper, List<KeptItem> items) throws IOException {
        byte[] salt = vault.openSecret(saltName(run), run.sealedSalt());
        ByteArrayOutputStream leaves = new ByteArrayOutputStream();
        for (KeptItem each : items) {
            leaves.writeBytes(DeletionProof.leaf(salt, keeper.name(), each.id()));
        }
        return leaves.toByteArray();
    }

    /** Names of keepers must differ. */
    static List<Keeper> distinct(List<Keeper> keepers) {
        Set<String> names = new HashSet<>();
        for (Keeper each : keepers) {
            if (!names.add(each.name())) {
                throw new IllegalArgumentException("two keepers have the name '" + each.name() + "'");
            }
        }
        return List.copyOf(keepers);
    }
}
