package io.gatehouse.core.vault;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.VaultTables.Root;
import io.gatehouse.core.vault.VaultTables.Shredded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vault whose keys live in a store. Thread-safe; throws {@link VaultException} as {@link Vault} says.
 *
 * <p>Keys stand in three rows: a key-encryption key from outside wraps one store key, that wraps a data key per person
 * and data class, and that seals the data (AES-256-GCM by Tink). So the outer key is asked once at a start and can be
 * changed without touching data, and shredding is the deletion of one short row. Sealed bytes name their key by a random
 * id: data whose key was destroyed are known to be gone, even after the person begins anew.
 *
 * <p>Every key can be changed while the vault is in use, by the three {@code rotate} methods. Sealed bytes never change.
 *
 * <p>Sealed bytes: 1 byte format (1), 8 bytes id of the key, 12 bytes nonce, cipher text, 16 bytes tag.
 *
 * <p>A first seal for a person stores a key and therefore must not be called within a work of the same store. One vault
 * is open on a store at a time; where several programs share a database, each has its own store and vault on it. Each call
 * (or all calls {@link #together}) then first asks the database whether another program changed keys: what one shredded,
 * no other opens when {@link #shred} has returned. A program that changes the store key leaves the others with a
 * {@link VaultException} that says to open the vault again.
 */
public final class StoreVault implements Vault, AutoCloseable {
    private static final int MAX_SECRET_NAME = 128;

    private final Store store;
    private final DataKeys keys;
    private final Shredder shredder;
    private final Object rotating = new Object();
    private volatile String kind;

    private StoreVault(Store store, VaultRoot root, long rootChanges, String kind, InstantSource clock) {
        this.store = store;
        this.keys = new DataKeys(store, root, rootChanges);
        this.shredder = new Shredder(store, keys, clock);
        this.kind = kind;
    }

    /**
     * Opens the store's vault, making it in a store that has none. A change of the store key that was cut off is
     * finished first.
     *
     * @param outer needed only until this returns; the caller closes it
     * @param clock for the time on certificates
     * @throws VaultException if {@code outer} is not the key that the vault was made with
     */
    public static StoreVault open(Store store, KeyEncryptionKey outer, InstantSource clock) throws IOException {
        Objects.requireNonNull(clock, "clock");
        store.migrate(VaultTables.ROOM, VaultTables.SCRIPTS);
        VaultOpening opened = VaultOpening.open(store, outer);
        StoreVault vault = new StoreVault(store, opened.root(), opened.rootChanges(), outer.kind(), clock);
        vault.finishStoreKeyRotationOfOthers(outer);
        // A program that died while shredding may have left the deleted key in the database's log.
        store.scrub();
        return vault;
    }

    @Override
    public byte[] seal(PersonId person, DataClass dataClass, byte[] clear) throws IOException {
        return newestKey(person, dataClass).seal(clear, Bound.data(person, dataClass));
    }

    @Override
    public Optional<byte[]> open(PersonId person, DataClass dataClass, byte[] sealed) throws IOException {
        Optional<DataKey> key = keys.thatSealed(sealed);
        return key.isEmpty() ? Optional.empty() : Optional.of(Bound.openData(key.get(), person, dataClass, sealed));
    }

    @Override
    public byte[] sealPerson(PersonId person, DataClass dataClass, byte[] context) throws IOException {
        byte[] clear = person.value().getBytes(StandardCharsets.UTF_8);
        return newestKey(person, dataClass).seal(clear, Bound.person(dataClass, context));
    }

    @Override
    public Optional<PersonId> openPerson(DataClass dataClass, byte[] context, byte[] sealed) throws IOException {
        Optional<DataKey> key = keys.thatSealed(sealed);
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(Bound.openPerson(keys.root(), key.get(), dataClass, context, sealed));
    }

    @Override
    public List<Optional<OpenedRow>> openRows(DataClass dataClass, List<SealedRow> rows) throws IOException {
        RowOpener opener = RowOpener.of(keys, dataClass, rows);
        List<Optional<OpenedRow>> opened = new ArrayList<>(rows.size());
        for (SealedRow row : rows) {
            opened.add(opener.open(row));
        }
        return opened;
    }

    @Override
    public byte[] hash(PersonId person, DataClass dataClass, byte[] message) throws IOException {
        return keys.first(keys.root().subject(person, dataClass))
                .orElseThrow(() -> shredded(dataClass))
                .hash(message);
    }

    @Override
    public Optional<byte[]> knownHash(PersonId person, DataClass dataClass, byte[] message) throws IOException {
        return keys.firstIfAny(keys.root().subject(person, dataClass)).map(key -> key.hash(message));
    }

    @Override
    public <T extends @Nullable Object> T together(Calls<T> calls) throws IOException {
        return keys.together(calls);
    }

    private DataKey newestKey(PersonId person, DataClass dataClass) throws IOException {
        return keys.newest(keys.root().subject(person, dataClass)).orElseThrow(() -> shredded(dataClass));
    }

    private static ShreddedException shredded(DataClass dataClass) {
        return new ShreddedException(
                "The person's data of data class " + dataClass + " were shredded: renew them first to begin anew.");
    }

    @Override
    public ShredCertificate shred(PersonId person, DataClass dataClass) throws IOException {
        Shredded shredded = shredder.shred(keys.root().subject(person, dataClass));
        return new ShredCertificate(person, dataClass, shredded.keyFingerprint(), shredded.at());
    }

    /** The files are cleared of the keys once, at the end; after a crash the next start does so. */
    @Override
    public List<ShredCertificate> shredAll(List<PersonId> people, DataClass dataClass) throws IOException {
        List<byte[]> subjects = people.stream()
                .map(person -> keys.root().subject(person, dataClass))
                .toList();
        List<Shredded> shredded = shredder.shredAll(subjects);
        List<ShredCertificate> certificates = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            Shredded each = shredded.get(i);
            certificates.add(new ShredCertificate(people.get(i), dataClass, each.keyFingerprint(), each.at()));
        }
        return List.copyOf(certificates);
    }

    @Override
    public void renew(PersonId person, DataClass dataClass) throws IOException {
        shredder.renew(keys.root().subject(person, dataClass));
    }

    /**
     * Keeps the list of shreddings in a file, from now on: each is in it, durably, before {@link #shred} returns. Put it
     * where a restored backup does not overwrite it. If writing it fails, {@code shred} throws although the key is gone;
     * shredding again then completes the list. A list that was cut, by a crash or by somebody, is made whole again, and a
     * warning says after which event.
     *
     * @throws VaultException if the file is no list of this vault, or has shreddings that this vault does not know of,
     *                        which means that this vault is an older copy: {@link #replayShreddings} first
     */
    public void keepShreddingsIn(Path file) throws IOException {
        shredder.keepIn(Objects.requireNonNull(file, "file"));
    }

    /**
     * Writes the list of all shreddings so far, in the place of what is in the file.
     *
     * @return how many events it has: each shredding and each renewal is one
     */
    public long exportShreddings(Path file) throws IOException {
        return shredder.export(Objects.requireNonNull(file, "file"));
    }

    /**
     * Does everything on a list of shreddings that this vault does not know of, after a restore and before anything is
     * served. The list is one of this vault, of any time. Idempotent; what was done stays done if it fails half-way.
     *
     * @throws VaultException if the list is another vault's or was altered; then nothing was done
     */
    public ShredReplay replayShreddings(Path file) throws IOException {
        return shredder.replay(Objects.requireNonNull(file, "file"));
    }

    /**
     * Puts another outer key in the place of the one that the vault was opened with, at once; nothing but the store key
     * is wrapped anew. Backups made before still need the old one.
     *
     * @param next tried out before it takes over; the caller closes it
     * @throws VaultException if {@code next} does not open what it wraps; then the old one stays
     */
    public void rotateOuterKey(KeyEncryptionKey next) throws IOException {
        synchronized (rotating) {
            keys.change(keys.root(), next, false);
            kind = next.kind();
        }
        store.scrub();
    }

    /**
     * Puts a new store key in the place of the old one and wraps every data key by it, while the vault is in use. The old
     * one is kept until that is done, also through a crash. Secrets of the installation get a new key too; the old ones
     * of these stay, for the sealed secrets lie with others: open and seal them again to leave the old keys unused.
     *
     * @param outer the key that the vault opens with; the caller closes it
     * @throws VaultException if {@code outer} is another one
     */
    public void rotateStoreKey(KeyEncryptionKey outer) throws IOException {
        synchronized (rotating) {
            try (Rotation rotation = Rotation.claim(store)) {
                rotation.requireOurs();
                Root stored = store.read(VaultTables::root).orElseThrow();
                Arrays.fill(outer.unwrap(stored.storeKey()), (byte) 0);
                if (!keys.root().hasOldStoreKeys()) {
                    keys.change(keys.root().withNewKeys(), outer, true);
                }
                finishStoreKeyRotation(outer);
            }
        }
        store.scrub();
    }

    /** What a program began that died meanwhile; one that lives finishes its own. */
    private void finishStoreKeyRotationOfOthers(KeyEncryptionKey outer) throws IOException {
        if (!keys.root().hasOldStoreKeys()) {
            return;
        }
        try (Rotation rotation = Rotation.claim(store)) {
            if (rotation.isOurs()) {
                finishStoreKeyRotation(outer);
            }
        }
    }

    private void finishStoreKeyRotation(KeyEncryptionKey outer) throws IOException {
        keys.rewrapAll();
        keys.change(keys.root().withoutOldStoreKeys(), outer, false);
    }

    /**
     * Makes a new key for a person's data class. It seals from now on; what older ones sealed still opens, and
     * {@link #hash} stays the same.
     *
     * @throws ShreddedException if the data class was shredded
     */
    public void rotateDataKey(PersonId person, DataClass dataClass) throws IOException {
        if (!keys.rotate(keys.root().subject(person, dataClass))) {
            throw shredded(dataClass);
        }
    }

    @Override
    public byte[] sealSecret(String name, byte[] clear) {
        return keys.root().sealSecret(clear, Bound.secret(requireSecretName(name)));
    }

    @Override
    public byte[] openSecret(String name, byte[] sealed) throws IOException {
        try {
            return keys.root().openSecret(sealed, Bound.secret(requireSecretName(name)));
        } catch (GeneralSecurityException e) {
            keys.requireSameRoot();
            throw new VaultException("The secret '" + name + "' was altered or has another name.", e);
        }
    }

    private static String requireSecretName(String name) {
        if (name.isBlank() || name.length() > MAX_SECRET_NAME) {
            throw new IllegalArgumentException(
                    "a secret's name has 1 to " + MAX_SECRET_NAME + " characters, this one " + name.length());
        }
        return name;
    }

    /** Forgets the keys. The store stays open. */
    @Override
    public void close() {
        keys.close();
    }

    @Override
    public String toString() {
        return "StoreVault[" + store + ", opened by " + kind + "]";
    }
}
