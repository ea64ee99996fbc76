package io.gatehouse.core.vault;

import com.google.crypto.tink.subtle.Random;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.KeyCache.DataKey;
import io.gatehouse.core.vault.VaultTables.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vault whose keys live in a store. Thread-safe; throws {@link VaultException} as {@link Vault} says.
 *
 * <p>Keys stand in three rows: a key-encryption key from outside wraps one store key, that wraps a data key per person
 * and data class, and that seals the data (AES-256-GCM by Tink). So the outer key is asked once at a start and can be
 * changed without touching data, and shredding is the deletion of one short row. Data sealed before a shredding carry
 * the number of their key, by which they are known to be gone even after the person begins anew.
 *
 * <p>Sealed bytes: 1 byte format (1), 4 bytes number of the key (big-endian), 12 bytes nonce, cipher text, 16 bytes tag.
 *
 * <p>A first seal for a person stores a key and therefore must not be called within a work of the same store.
 */
public final class StoreVault implements Vault, AutoCloseable {
    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final int MIN_SEALED_BYTES = HEADER_BYTES + 12 + 16;
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
        byte[] subject = root().subject(person, dataClass);
        DataKey key = cache.get(subject);
        if (key == null) {
            key = newestKey(person, dataClass, subject);
        }
        byte[] sealed = AesGcm.encrypt(key.aead(), clear, associated("data", dataClass.value(), person.value()));
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put(FORMAT)
                .putInt(key.generation())
                .put(sealed)
                .array();
    }

    @Override
    public Optional<byte[]> open(PersonId person, DataClass dataClass, byte[] sealed) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(sealed);
        if (sealed.length < MIN_SEALED_BYTES || header.get() != FORMAT) {
            throw new VaultException("These are no sealed bytes of this vault, or they were altered: "
                    + describe(person, dataClass) + ".");
        }
        int generation = header.getInt();
        Optional<DataKey> key = key(person, dataClass, generation);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] rest = Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length);
            return Optional.of(key.get().aead().decrypt(rest, associated("data", dataClass.value(), person.value())));
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "Sealed bytes were altered or belong to another: " + describe(person, dataClass) + ".", e);
        }
    }

    @Override
    public ShredCertificate shred(PersonId person, DataClass dataClass) throws IOException {
        byte[] subject = root().subject(person, dataClass);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        State shredded = store.write(connection -> shred(connection, subject, now));
        cache.evict(subject);
        store.scrub();
        Instant at = Objects.requireNonNull(shredded.shreddedAt());
        return new ShredCertificate(person, dataClass, shredded.shreddedKey(), at);
    }

    /** The state afterwards; what was shredded before keeps the certificate of that time. */
    private static State shred(Connection connection, byte[] subject, Instant now) throws SQLException {
        State before = VaultTables.state(connection, subject).orElse(new State(0, null, ""));
        if (before.isShredded()) {
            return before;
        }
        String fingerprint = VaultTables.key(connection, subject, before.generation())
                .map(StoreVault::fingerprint)
                .orElse("");
        State after = new State(before.generation(), now, fingerprint);
        VaultTables.deleteKeys(connection, subject);
        VaultTables.putState(connection, subject, after);
        return after;
    }

    @Override
    public void renew(PersonId person, DataClass dataClass) throws IOException {
        byte[] subject = root().subject(person, dataClass);
        store.write(connection -> {
            Optional<State> state = VaultTables.state(connection, subject).filter(State::isShredded);
            return state.isEmpty()
                    ? 0
                    : VaultTables.putState(
                            connection, subject, new State(state.get().generation(), null, ""));
        });
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
    private DataKey newestKey(PersonId person, DataClass dataClass, byte[] subject) throws IOException {
        long epoch = cache.epoch();
        State state =
                store.read(connection -> VaultTables.state(connection, subject)).orElse(new State(0, null, ""));
        Optional<byte[]> wrapped = wrapped(subject, state.generation());
        if (wrapped.isEmpty() && !state.isShredded()) {
            state = store.write(connection -> makeKey(connection, subject));
            wrapped = wrapped(subject, state.generation());
        }
        if (state.isShredded() || wrapped.isEmpty()) {
            throw new ShreddedException(
                    "The data were shredded, renew them first to begin anew: " + describe(person, dataClass) + ".");
        }
        DataKey key = unwrap(person, dataClass, subject, state.generation(), wrapped.get());
        cache.offer(subject, key, epoch);
        return key;
    }

    /** Makes a key unless somebody else just did, or shredded. */
    private State makeKey(Connection connection, byte[] subject) throws SQLException {
        State before = VaultTables.state(connection, subject).orElse(new State(0, null, ""));
        if (before.isShredded()
                || VaultTables.key(connection, subject, before.generation()).isPresent()) {
            return before;
        }
        State after = new State(before.generation() + 1, null, "");
        VaultTables.putState(connection, subject, after);
        byte[] fresh = Random.randBytes(AesGcm.KEY_BYTES);
        byte[] wrapped = root().seal(fresh, keyAssociated(subject, after.generation()));
        Arrays.fill(fresh, (byte) 0);
        VaultTables.insertKey(connection, subject, after.generation(), wrapped);
        return after;
    }

    /** The key of this number; empty if it was shredded. */
    private Optional<DataKey> key(PersonId person, DataClass dataClass, int generation) throws IOException {
        byte[] subject = root().subject(person, dataClass);
        DataKey cached = cache.get(subject);
        if (cached != null && cached.generation() == generation) {
            return Optional.of(cached);
        }
        long epoch = cache.epoch();
        Optional<byte[]> wrapped = wrapped(subject, generation);
        if (wrapped.isPresent()) {
            DataKey key = unwrap(person, dataClass, subject, generation, wrapped.get());
            cache.offer(subject, key, epoch);
            return Optional.of(key);
        }
        int newest = store.read(connection -> VaultTables.state(connection, subject))
                .map(State::generation)
                .orElse(0);
        if (generation < 1 || generation > newest) {
            throw new VaultException("Sealed bytes were altered or belong to another: key " + generation
                    + " never was one of " + describe(person, dataClass) + ".");
        }
        return Optional.empty();
    }

    private Optional<byte[]> wrapped(byte[] subject, int generation) throws IOException {
        return store.read(connection -> VaultTables.key(connection, subject, generation));
    }

    private DataKey unwrap(PersonId person, DataClass dataClass, byte[] subject, int generation, byte[] wrapped)
            throws IOException {
        try {
            byte[] key = root().open(wrapped, keyAssociated(subject, generation));
            DataKey ready = new DataKey(generation, AesGcm.of(key));
            Arrays.fill(key, (byte) 0);
            return ready;
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "The stored key was altered: " + describe(person, dataClass) + ". Restore the last backup.", e);
        }
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

    private static byte[] keyAssociated(byte[] subject, int generation) {
        return associated("key", HexFormat.of().formatHex(subject), Integer.toString(generation));
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
