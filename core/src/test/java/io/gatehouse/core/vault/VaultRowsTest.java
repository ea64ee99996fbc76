package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.Vault.OpenedRow;
import io.gatehouse.core.vault.Vault.SealedRow;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening many rows at once, against opening one after the other. */
class VaultRowsTest {
    private static final DataClass FACE = DataClass.FACE_TEMPLATE;
    // More than one query asks for.
    private static final int PEOPLE = 1_203;

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(directory.resolve("gatehouse.db"));
        vault = StoreVault.open(
                store,
                KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")),
                InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z")));
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
        store.close();
    }

    private static PersonId person(int number) {
        return PersonId.of("p-" + number);
    }

    private SealedRow row(PersonId person, String... data) throws IOException {
        byte[] context = ("row of " + person).getBytes(StandardCharsets.UTF_8);
        List<byte[]> sealed = new ArrayList<>();
        for (String each : data) {
            sealed.add(vault.seal(person, FACE, each.getBytes(StandardCharsets.UTF_8)));
        }
        return new SealedRow(context, vault.sealPerson(person, FACE, context), sealed);
    }

    private List<SealedRow> rows() throws IOException {
        List<SealedRow> rows = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            rows.add(i % 3 == 0 ? row(person(i), "face " + i, "groups " + i) : row(person(i), "face " + i));
        }
        return rows;
    }

    @Test
    @DisplayName("ATT-16 Rows that are opened at once say what they say one by one")
    void opensWhatIsOpenedOneByOne() throws Exception {
        List<SealedRow> rows = rows();
        vault.rotateDataKey(person(5), FACE);
        rows.add(row(person(5), "a second face"));
        vault.shred(person(7), FACE);
        vault.shred(person(8), FACE);
        vault.renew(person(8), FACE);
        rows.add(row(person(8), "a new face"));
        List<Optional<OpenedRow>> opened = vault.openRows(FACE, rows);
        assertThat(said(opened)).isEqualTo(said(plain().openRows(FACE, rows))).hasSize(PEOPLE + 2);
        assertThat(opened.get(7)).isEmpty();
        assertThat(opened.get(8)).isEmpty();
        assertThat(said(opened)).contains("p-6 [face 6, groups 6]", "p-5 [a second face]", "p-8 [a new face]");
        assertThat(vault.openRows(FACE, List.of())).isEmpty();
    }

    /** The interface's own way. */
    private Vault plain() {
        return (Vault) Proxy.newProxyInstance(
                Vault.class.getClassLoader(), new Class<?>[] {Vault.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("openRows")
                                ? InvocationHandler.invokeDefault(proxy, method, arguments)
                                : method.invoke(vault, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static List<String> said(List<Optional<OpenedRow>> opened) {
        return opened.stream()
                .map(row -> row.map(each -> each.person() + " "
                                + each.data().stream()
                                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                        .toList())
                        .orElse("shredded"))
                .toList();
    }

    @Test
    void saysThatOneRowOfManyWasAlteredOrItsKeyLost() throws Exception {
        List<SealedRow> rows = rows();
        for (int at : new int[] {0, 3, 20}) {
            List<SealedRow> altered = new ArrayList<>(rows);
            byte[] data = rows.get(700).data().get(0);
            data[at] ^= 1;
            altered.set(
                    700, new SealedRow(rows.get(700).context(), rows.get(700).person(), List.of(data)));
            assertThatThrownBy(() -> vault.openRows(FACE, altered)).isInstanceOf(VaultException.class);
        }
        List<SealedRow> exchanged = new ArrayList<>(rows);
        exchanged.set(
                1,
                new SealedRow(
                        rows.get(2).context(), rows.get(1).person(), rows.get(1).data()));
        assertThatThrownBy(() -> vault.openRows(FACE, exchanged)).isInstanceOf(VaultException.class);
        List<SealedRow> mixed = new ArrayList<>(rows);
        mixed.set(
                1,
                new SealedRow(
                        rows.get(1).context(), rows.get(1).person(), rows.get(2).data()));
        assertThatThrownBy(() -> vault.openRows(FACE, mixed)).isInstanceOf(VaultException.class);
        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM vault_key WHERE id = (SELECT max(id) FROM vault_key)");
            }
        });
        assertThatThrownBy(() -> vault.openRows(FACE, rows))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("lost");
    }

    @Test
    void copiesWhatItIsGivenAndSaysNothingOfIt() throws Exception {
        byte[] context = {1};
        SealedRow row = new SealedRow(context, new byte[] {2}, List.of(new byte[] {3}));
        context[0] = 9;
        assertThat(row.context()).containsExactly(1);
        OpenedRow opened =
                vault.openRows(FACE, List.of(row(person(1), "a face"))).get(0).orElseThrow();
        assertThat(opened).hasToString("OpenedRow[redacted]");
    }
}
