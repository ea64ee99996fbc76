package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreVaultTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final PersonId ANNA = PersonId.of("anna-17");
    private static final PersonId BEN = PersonId.of("ben-18");
    private static final byte[] CLEAR = "a planted secret, 3f9a1c".getBytes(StandardCharsets.UTF_8);

    private static final byte[] CONTEXT = {1, 2, 3};

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(directory.resolve("data/gatehouse.db"));
        vault = StoreVault.open(store, keyFile(), CLOCK);
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
        store.close();
    }

    private KeyEncryptionKey keyFile() {
        return KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key"));
    }

    private void reopen() throws IOException {
        close();
        open();
    }

    @Test
    @DisplayName(
            "a key whose row was lost is no key that was shredded or never made: it is said, and none takes its place")
    void saysThatAKeyWasLost() throws Exception {
        byte[] annas = vault.seal(ANNA, DataClass.LEDGER, CLEAR);
        byte[] hash = vault.hash(ANNA, DataClass.LEDGER, CONTEXT);
        vault.rotateDataKey(ANNA, DataClass.LEDGER);
        byte[] bens = vault.seal(BEN, DataClass.LEDGER, CLEAR);
        for (String lost : List.of("generation = 1", "1 = 1")) {
            change("CREATE TABLE was AS SELECT * FROM vault_key");
            change("DELETE FROM vault_key WHERE " + lost);
            reopen();
            assertLost(() -> vault.seal(ANNA, DataClass.LEDGER, CLEAR));
            assertLost(() -> vault.hash(ANNA, DataClass.LEDGER, CONTEXT));
            assertLost(() -> vault.knownHash(ANNA, DataClass.LEDGER, CONTEXT));
            assertThatThrownBy(() -> vault.open(ANNA, DataClass.LEDGER, annas))
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining("lost");
            change("DELETE FROM vault_key");
            change("INSERT INTO vault_key SELECT * FROM was");
            change("DROP TABLE was");
            reopen();
            assertThat(vault.open(ANNA, DataClass.LEDGER, annas)).hasValue(CLEAR);
            assertThat(vault.hash(ANNA, DataClass.LEDGER, CONTEXT)).isEqualTo(hash);
        }
        change("DELETE FROM vault_key");
        reopen();
        vault.shred(ANNA, DataClass.LEDGER);
        assertThatThrownBy(() -> vault.seal(ANNA, DataClass.LEDGER, CLEAR)).isInstanceOf(ShreddedException.class);
        assertThat(vault.knownHash(ANNA, DataClass.LEDGER, CONTEXT)).isEmpty();
        vault.renew(ANNA, DataClass.LEDGER);
        assertThat(vault.open(ANNA, DataClass.LEDGER, vault.seal(ANNA, DataClass.LEDGER, CLEAR)))
                .hasValue(CLEAR);
        assertThatThrownBy(() -> vault.open(BEN, DataClass.LEDGER, bens)).isInstanceOf(VaultException.class);
    }

    private static void assertLost(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(VaultException.class)
                .isNotInstanceOf(ShreddedException.class)
                .hasMessageContaining("never shredded")
                .hasMessageContaining("Restore the last backup")
                .hasMessageNotContaining(ANNA.value());
    }

    private void change(String sql) throws IOException {
        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    @Test
    void opensWhatItSealedAlsoAfterAStart() throws Exception {
        byte[] sealed = vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        byte[] again = vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        assertThat(sealed).isNotEqualTo(again);
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, sealed)).hasValue(CLEAR);
        reopen();
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, sealed)).hasValue(CLEAR);
        assertThat(vault.seal(ANNA, DataClass.FACE_TEMPLATE, new byte[0])).hasSize(37);
    }

    @Test
    void refusesDataOfAnotherPersonOrClass() throws Exception {
        byte[] sealed = vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        assertThatThrownBy(() -> vault.open(BEN, DataClass.FACE_TEMPLATE, sealed))
                .isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> vault.open(ANNA, DataClass.LEDGER, sealed)).isInstanceOf(VaultException.class);
        vault.seal(BEN, DataClass.FACE_TEMPLATE, CLEAR);
        vault.seal(ANNA, DataClass.LEDGER, CLEAR);
        assertThatThrownBy(() -> vault.open(BEN, DataClass.FACE_TEMPLATE, sealed))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("altered or belong to another");
        assertThatThrownBy(() -> vault.open(ANNA, DataClass.LEDGER, sealed)).isInstanceOf(VaultException.class);
    }

    @Test
    void refusesBytesThatWereCutOrFlippedAnywhere() throws Exception {
        byte[] sealed = vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> vault.open(ANNA, DataClass.FACE_TEMPLATE, cut))
                    .isInstanceOf(VaultException.class);
        }
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> vault.open(ANNA, DataClass.FACE_TEMPLATE, flipped))
                    .isInstanceOf(VaultException.class);
        }
    }

    @Test
    @DisplayName("shredded data are gone for ever, and others' stay")
    void shreds() throws Exception {
        byte[] sealed = vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        byte[] ledger = vault.seal(ANNA, DataClass.LEDGER, CLEAR);
        byte[] bens = vault.seal(BEN, DataClass.FACE_TEMPLATE, CLEAR);

        ShredCertificate certificate = vault.shred(ANNA, DataClass.FACE_TEMPLATE);

        assertThat(certificate.at()).isEqualTo(NOW);
        assertThat(certificate.keyFingerprint()).matches("[0-9a-f]{32}");
        assertThat(vault.shred(ANNA, DataClass.FACE_TEMPLATE)).isEqualTo(certificate);
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, sealed)).isEmpty();
        assertThatThrownBy(() -> vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR))
                .isInstanceOf(ShreddedException.class);
        assertThat(vault.open(ANNA, DataClass.LEDGER, ledger)).hasValue(CLEAR);
        assertThat(vault.open(BEN, DataClass.FACE_TEMPLATE, bens)).hasValue(CLEAR);
        reopen();
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, sealed)).isEmpty();
        assertThatThrownBy(() -> vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR))
                .isInstanceOf(ShreddedException.class);
    }

    @Test
    void shredsManyAtOnce() throws Exception {
        byte[] annas = vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        byte[] bens = vault.seal(BEN, DataClass.FACE_TEMPLATE, CLEAR);
        PersonId nobody = PersonId.of("nobody-19");

        List<ShredCertificate> certificates = vault.shredAll(List.of(BEN, nobody, ANNA), DataClass.FACE_TEMPLATE);

        assertThat(certificates).extracting(ShredCertificate::person).containsExactly(BEN, nobody, ANNA);
        assertThat(certificates.get(1).keyFingerprint()).isEmpty();
        assertThat(vault.shred(ANNA, DataClass.FACE_TEMPLATE)).isEqualTo(certificates.get(2));
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, annas)).isEmpty();
        assertThat(vault.open(BEN, DataClass.FACE_TEMPLATE, bens)).isEmpty();
        assertThat(vault.shredAll(List.of(), DataClass.FACE_TEMPLATE)).isEmpty();
    }

    @Test
    void beginsAnewAfterRenewalWhileOldDataStayGone() throws Exception {
        byte[] before = vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        vault.shred(ANNA, DataClass.FACE_TEMPLATE);
        vault.renew(ANNA, DataClass.FACE_TEMPLATE);
        byte[] after = vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, before)).isEmpty();
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, after)).hasValue(CLEAR);
        vault.renew(ANNA, DataClass.FACE_TEMPLATE);
        vault.renew(BEN, DataClass.FACE_TEMPLATE);
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, after)).hasValue(CLEAR);
    }

    @Test
    void certifiesThatThereWasNoKey() throws Exception {
        assertThat(vault.shred(BEN, DataClass.LEDGER).keyFingerprint()).isEmpty();
        assertThatThrownBy(() -> vault.seal(BEN, DataClass.LEDGER, CLEAR)).isInstanceOf(ShreddedException.class);
    }

    @Test
    @DisplayName("after a shredding no file of the database holds the wrapped key, among a thousand others")
    void leavesNoShreddedKeyInTheFiles() throws Exception {
        int people = 1_000;
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            order.add(i);
            vault.seal(PersonId.of("person-" + i), DataClass.FACE_TEMPLATE, CLEAR);
        }
        long seed = 20260301;
        Collections.shuffle(order, new Random(seed));
        List<byte[]> before = wrappedKeys();
        for (int i = 0; i < people / 4; i++) {
            store.write(connection -> {
                // The row is what shred deletes; deleting without its scrub each time leaves scrub all the work.
                try (PreparedStatement delete = connection.prepareStatement("DELETE FROM vault_key WHERE subject ="
                        + " (SELECT subject FROM vault_key ORDER BY wrapped LIMIT 1)")) {
                    return delete.executeUpdate();
                }
            });
        }
        vault.shred(PersonId.of("person-" + order.get(0)), DataClass.FACE_TEMPLATE);
        List<byte[]> after = wrappedKeys();
        String files = files();
        int checked = 0;
        for (byte[] key : before) {
            if (after.stream().noneMatch(kept -> Arrays.equals(kept, key))) {
                assertThat(files.contains(latin(key)))
                        .as("a deleted key is in the files, seed " + seed)
                        .isFalse();
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(people / 4);
        assertThat(after).allSatisfy(key -> assertThat(files).contains(latin(key)));
    }

    @Test
    void neverWritesClearDataOrPersonsToItsFiles() throws Exception {
        vault.seal(ANNA, DataClass.FACE_TEMPLATE, CLEAR);
        vault.sealSecret("signing-key", CLEAR);
        vault.shred(ANNA, DataClass.FACE_TEMPLATE);
        assertThat(files()).doesNotContain(latin(CLEAR)).doesNotContain(ANNA.value());
    }

    private List<byte[]> wrappedKeys() throws IOException {
        return store.read(connection -> {
            List<byte[]> keys = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT wrapped FROM vault_key");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getBytes(1));
                }
            }
            return keys;
        });
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(directory.resolve("data"))) {
            for (Path each : files.toList()) {
                all.append(latin(Files.readAllBytes(each)));
            }
        }
        return all.toString();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void sealsSecretsOfTheInstallationUnderTheirName() throws Exception {
        byte[] sealed = vault.sealSecret("ledger", CLEAR);
        reopen();
        assertThat(vault.openSecret("ledger", sealed)).isEqualTo(CLEAR);
        assertThatThrownBy(() -> vault.openSecret("other", sealed)).isInstanceOf(VaultException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> vault.sealSecret(" ", CLEAR));
    }

    @Test
    void leadsFromASealedPersonToThePersonUntilShredded() throws Exception {
        byte[] sealed = vault.sealPerson(ANNA, DataClass.LEDGER, CONTEXT);
        reopen();
        assertThat(vault.openPerson(DataClass.LEDGER, CONTEXT, sealed)).hasValue(ANNA);
        assertThatThrownBy(() -> vault.openPerson(DataClass.FACE_TEMPLATE, CONTEXT, sealed))
                .isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> vault.openPerson(DataClass.LEDGER, CLEAR, sealed))
                .isInstanceOf(VaultException.class);
        byte[] data = vault.seal(ANNA, DataClass.LEDGER, CLEAR);
        assertThatThrownBy(() -> vault.openPerson(DataClass.LEDGER, CONTEXT, data))
                .isInstanceOf(VaultException.class);
        vault.shred(ANNA, DataClass.LEDGER);
        assertThat(vault.openPerson(DataClass.LEDGER, CONTEXT, sealed)).isEmpty();
        assertThatThrownBy(() -> vault.sealPerson(ANNA, DataClass.LEDGER, CONTEXT))
                .isInstanceOf(ShreddedException.class);
    }

    @Test
    void hashesTheSameUntilShreddedAndOtherwiseAfterRenewal() throws Exception {
        byte[] first = vault.hash(ANNA, DataClass.LEDGER, CLEAR);
        reopen();
        assertThat(vault.hash(ANNA, DataClass.LEDGER, CLEAR)).isEqualTo(first).hasSize(32);
        assertThat(vault.hash(BEN, DataClass.LEDGER, CLEAR)).isNotEqualTo(first);
        vault.shred(ANNA, DataClass.LEDGER);
        assertThatThrownBy(() -> vault.hash(ANNA, DataClass.LEDGER, CLEAR)).isInstanceOf(ShreddedException.class);
        vault.renew(ANNA, DataClass.LEDGER);
        assertThat(vault.hash(ANNA, DataClass.LEDGER, CLEAR)).isNotEqualTo(first);
    }

    @Test
    void saysThatTheKeyFileIsMissingWrongOrCut() throws Exception {
        vault.close();
        Path file = directory.resolve("vault.key");
        byte[] right = Files.readAllBytes(file);
        byte[] wrong = right.clone();
        wrong[7] ^= 1;
        Files.write(file, wrong);
        assertThatThrownBy(this::openVault).isInstanceOf(VaultException.class).hasMessageContaining("is not the one");
        Files.write(file, Arrays.copyOf(right, 31));
        assertThatThrownBy(this::openVault).isInstanceOf(VaultException.class).hasMessageContaining("32 bytes");
        Files.delete(file);
        assertThatThrownBy(this::openVault).isInstanceOf(VaultException.class).hasMessageContaining("is missing");
        assertThat(file).doesNotExist();
        Files.write(file, right);
        openVault().close();
    }

    private StoreVault openVault() throws IOException {
        return StoreVault.open(store, keyFile(), CLOCK);
    }

    @Test
    void makesAKeyFileForItsOwnerOnly() throws Exception {
        Path file = directory.resolve("vault.key");
        assertThat(Files.size(file)).isEqualTo(32);
        assumeTrue(
                file.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system knows no POSIX permissions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void opensWithThePassphraseItWasMadeWithOnly() throws Exception {
        char[] right = "correct horse battery".toCharArray();
        try (Store other = Stores.open(directory.resolve("passphrase.db"))) {
            byte[] sealed;
            try (KeyEncryptionKey key = KeyEncryptionKey.ofPassphrase(right);
                    StoreVault made = StoreVault.open(other, key, CLOCK)) {
                sealed = made.seal(ANNA, DataClass.LEDGER, CLEAR);
                assertThat(key.toString() + made).doesNotContain("horse");
            }
            try (KeyEncryptionKey wrong = KeyEncryptionKey.ofPassphrase("correct horse bakery".toCharArray())) {
                assertThatThrownBy(() -> StoreVault.open(other, wrong, CLOCK))
                        .isInstanceOf(VaultException.class)
                        .hasMessageContaining("The passphrase is not the one")
                        .hasMessageNotContaining("horse");
            }
            assertThatThrownBy(() -> StoreVault.open(other, keyFile(), CLOCK))
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining("not made with a key file");
            try (KeyEncryptionKey key = KeyEncryptionKey.ofPassphrase(right);
                    StoreVault again = StoreVault.open(other, key, CLOCK)) {
                assertThat(again.open(ANNA, DataClass.LEDGER, sealed)).hasValue(CLEAR);
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> KeyEncryptionKey.ofPassphrase("short".toCharArray()));
    }

    @Test
    void refusesAWrappedKeyThatAsksForTooMuchMemory() throws Exception {
        try (KeyEncryptionKey key = KeyEncryptionKey.ofPassphrase("correct horse battery".toCharArray())) {
            byte[] wrapped = new byte[100];
            System.arraycopy(new byte[] {'G', 'K', 'P', 1, 127, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4}, 0, wrapped, 0, 16);
            assertThatThrownBy(() -> key.unwrap(wrapped))
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining("was altered");
            assertThatThrownBy(() -> key.unwrap(new byte[3])).isInstanceOf(VaultException.class);
        }
    }

    @Test
    void isOfNoUseAfterClosing() {
        vault.close();
        assertThatIllegalStateException().isThrownBy(() -> vault.seal(ANNA, DataClass.LEDGER, CLEAR));
    }

    @Test
    void tellsNothingSecretInToString() throws Exception {
        vault.seal(ANNA, DataClass.LEDGER, CLEAR);
        assertThat(vault.toString()).contains("key file").doesNotContain(ANNA.value());
        assertThat(DataKey.of(new byte[8], new byte[32], new byte[32]).toString())
                .contains("redacted");
    }

    @Test
    void aKeyReadBeforeAShreddingDoesNotComeIntoTheCacheAfterIt() {
        KeyCache cache = new KeyCache();
        byte[] subject = {1, 2, 3};
        long epoch = cache.epoch();
        cache.evict(subject, List.of());
        cache.offer(subject, DataKey.of(new byte[8], new byte[32], new byte[32]), epoch);
        assertThat(cache.get(subject)).isNull();
    }
}
