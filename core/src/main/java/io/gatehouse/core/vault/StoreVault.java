package io.gatehouse.core.vault;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.VaultTables.Shredded;
import io.gatehouse.core.vault.VaultTables.Wrapped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
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
 * <p>Sealed bytes: 1 byte format (1), 8 bytes id of the key, 12 bytes nonce, cipher text, 16 bytes tag.
 *
 * <p>A first seal for a person stores a key and therefore must not be called within a work of the same store.
 */
public final class StoreVault implements Vault, AutoCloseable {
    private static final int FINGERPRINT_BYTES = 16;
    private static final int MAX_SECRET_NAME = 128;

    private final Store store;
    private final InstantSource clock;
    private final String kind;
    private final KeyCache cache = new KeyCache();
    private volatile @Nullable VaultRoot root;

    private StoreVault(Store store, VaultRoot root, String kind, InstantSource clock) {
        this.store = store;
        this.root = root;
        this.kind = kind;
        this.clock = clock;
    }

    /**
     * Opens the store's vault, making it in a store that has none.
     *
     * @param outer needed only until this returns; the caller closes it
     * @param clock for the time on certificates
     * @throws VaultException if {@code outer} is not the key that the vault was made with
     */
    public static StoreVault open(Store store, KeyEncryptionKey outer, InstantSource clock) throws IOException {
        Objects.requireNonNull(clock, "clock");
        store.migrate(VaultTables.ROOM, VaultTables.SCRIPTS);
        VaultRoot root = VaultRoot.open(store, outer);
        // A program that died while shredding may have left the deleted key in the database's log.
        store.scrub();
        return new StoreVault(store, root, outer.kind(), clock);
    }

    @Override
    public byte[] seal(PersonId person, DataClass dataClass, byte[] clear) throws IOException {
        return newestKey(person, dataClass).seal(clear, associated("data", dataClass.value(), person.value()));
    }

    @Override
    public Optional<byte[]> open(PersonId person, DataClass dataClass, byte[] sealed) throws IOException {
        Optional<DataKey> key = keyOf(sealed);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(key.get().open(sealed, associated("data", dataClass.value(), person.value())));
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "Sealed bytes were altered or belong to another: " + describe(person, dataClass) + ".", e);
        }
    }

    @Override
    public byte[] sealPerson(PersonId person, DataClass dataClass, byte[] context) throws IOException {
        byte[] clear = person.value().getBytes(StandardCharsets.UTF_8);
        return newestKey(person, dataClass)
                .seal(
                        clear,
                        associated("person", dataClass.value(), HexFormat.of().formatHex(context)));
    }

    @Override
    public Optional<PersonId> openPerson(DataClass dataClass, byte[] context, byte[] sealed) throws IOException {
        Optional<DataKey> key = keyOf(sealed);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] clear = key.get()
                    .open(
                            sealed,
                            associated(
                                    "person", dataClass.value(), HexFormat.of().formatHex(context)));
            PersonId person = PersonId.of(new String(clear, StandardCharsets.UTF_8));
            if (!key.get().isOf(root().subject(person, dataClass))) {
                throw new VaultException("A sealed person was sealed by another's key.");
            }
            return Optional.of(person);
        } catch (GeneralSecurityException e) {
            throw new VaultException("A sealed person of data class " + dataClass + " was altered.", e);
        }
    }

    @Override
    public byte[] hash(PersonId person, DataClass dataClass, byte[] message) throws IOException {
        return newestKey(person, dataClass).hash(message);
    }

    @Override
    public ShredCertificate shred(PersonId person, DataClass dataClass) throws IOException {
        byte[] subject = root().subject(person, dataClass);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<byte[]> ids = new ArrayList<>();
        Shredded shredded = store.write(connection -> {
            VaultTables.keysOf(connection, subject).forEach(key -> ids.add(key.id()));
            return shred(connection, subject, now);
        });
        cache.evict(subject, ids);
        store.scrub();
        return new ShredCertificate(person, dataClass, shredded.keyFingerprint(), shredded.at());
    }

    /** What was shredded before keeps the certificate of that time. */
    private static Shredded shred(Connection connection, byte[] subject, Instant now) throws SQLException {
        Optional<Shredded> before = VaultTables.shredded(connection, subject);
        if (before.isPresent()) {
            return before.get();
        }
        String fingerprint = VaultTables.keysOf(connection, subject).stream()
                .findFirst()
                .map(newest -> fingerprint(newest.key()))
                .orElse("");
        Shredded shredded = new Shredded(now, fingerprint);
        VaultTables.destroyKeys(connection, subject);
        VaultTables.insertShredded(connection, subject, shredded);
        return shredded;
    }

    @Override
    public void renew(PersonId person, DataClass dataClass) throws IOException {
        byte[] subject = root().subject(person, dataClass);
        store.write(connection -> VaultTables.deleteShredded(connection, subject));
    }

    @Override
    public byte[] sealSecret(String name, byte[] clear) throws IOException {
        return root().seal(clear, associated("secret", requireSecretName(name)));
    }

    @Override
    public byte[] openSecret(String name, byte[] sealed) throws IOException {
        try {
            return root().open(sealed, associated("secret", requireSecretName(name)));
        } catch (GeneralSecurityException e) {
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

    /** The key for new data, made if there is none. */
    private DataKey newestKey(PersonId person, DataClass dataClass) throws IOException {
        byte[] subject = root().subject(person, dataClass);
        DataKey cached = cache.get(subject);
        if (cached != null) {
            return cached;
        }
        long epoch = cache.epoch();
        List<Wrapped> stored = store.read(connection -> VaultTables.keysOf(connection, subject));
        Optional<Wrapped> newest =
                stored.isEmpty() ? store.write(connection -> makeKey(connection, subject)) : Optional.of(stored.get(0));
        if (newest.isEmpty()) {
            throw new ShreddedException(
                    "The data were shredded, renew them first to begin anew: " + describe(person, dataClass) + ".");
        }
        DataKey key = root().unwrap(newest.get());
        cache.offer(subject, key, epoch);
        return key;
    }

    /** Makes a key unless somebody else just did; empty if the subject was shredded. */
    private Optional<Wrapped> makeKey(Connection connection, byte[] subject) throws SQLException {
        if (VaultTables.shredded(connection, subject).isPresent()) {
            return Optional.empty();
        }
        List<Wrapped> others = VaultTables.keysOf(connection, subject);
        if (!others.isEmpty()) {
            return Optional.of(others.get(0));
        }
        Wrapped made = root().makeKey(subject);
        VaultTables.insertKey(connection, made);
        return Optional.of(made);
    }

    /** The key that sealed these bytes; empty if it was shredded. */
    private Optional<DataKey> keyOf(byte[] sealed) throws IOException {
        if (!DataKey.isSealed(sealed)) {
            throw new VaultException("These are no sealed bytes of this vault, or they were cut or altered.");
        }
        byte[] id = DataKey.idIn(sealed);
        DataKey cached = cache.get(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        long epoch = cache.epoch();
        Optional<Wrapped> stored = store.read(connection -> VaultTables.keyById(connection, id));
        if (stored.isPresent()) {
            DataKey key = root().unwrap(stored.get());
            cache.offer(id, key, epoch);
            return Optional.of(key);
        }
        if (!store.read(connection -> VaultTables.isDestroyed(connection, id))) {
            throw new VaultException("Sealed bytes were altered, or sealed in another vault: they name a key that this"
                    + " vault never had.");
        }
        return Optional.empty();
    }

    private VaultRoot root() {
        VaultRoot open = root;
        if (open == null) {
            throw new IllegalStateException("the vault is closed");
        }
        return open;
    }

    /** Forgets the keys. The store stays open. */
    @Override
    public void close() {
        root = null;
        cache.clear();
    }

    private static byte[] associated(String use, String... parts) {
        return ("gatehouse vault v1\0" + use + "\0" + String.join("\0", parts)).getBytes(StandardCharsets.UTF_8);
    }

    private static String describe(PersonId person, DataClass dataClass) {
        return "person " + person + ", data class " + dataClass;
    }

    private static String fingerprint(byte[] wrapped) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(wrapped);
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "StoreVault[" + store + ", opened by " + kind + "]";
    }
}
