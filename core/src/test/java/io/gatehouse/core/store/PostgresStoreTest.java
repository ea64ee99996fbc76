package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.contract.StoreContract;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresStoreTest extends StoreContract {
    private @Nullable String url;

    @Override
    protected Store open() throws StoreException {
        String at = url == null ? PostgresServer.newDatabase() : url;
        url = at;
        return Stores.open(at);
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void setsWhatItsPromisesRestOn() throws Exception {
        try (Store store = open()) {
            assertThat(store.<String>write(connection -> setting(connection, "synchronous_commit") + " "
                            + setting(connection, "transaction_isolation")))
                    .isEqualTo("on serializable");
            assertThat(store.<String>read(connection -> setting(connection, "transaction_isolation") + " "
                            + setting(connection, "transaction_read_only")))
                    .isEqualTo("repeatable read on");
        }
    }

    @Test
    void twoProgramsShareADatabase() throws Exception {
        try (Store one = open();
                Store other = open()) {
            one.migrate("test.shared", Scripts.of("CREATE TABLE shared (n INTEGER PRIMARY KEY);\n"));
            other.migrate("test.shared", Scripts.of("CREATE TABLE shared (n INTEGER PRIMARY KEY);\n"));
            one.write(connection -> execute(connection, "INSERT INTO shared VALUES (1)"));
            assertThatThrownBy(() -> other.write(connection -> execute(connection, "INSERT INTO shared VALUES (1)")))
                    .isInstanceOf(StoreException.class);
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    @Test
    void doesNotQuoteRowsInMessages() throws Exception {
        try (Store store = open()) {
            store.migrate("test.rows", Scripts.of("CREATE TABLE planted (n TEXT PRIMARY KEY);\n"));
            Store.Work<Boolean> work =
                    connection -> execute(connection, "INSERT INTO planted SELECT 'ada' || 'lovelace'");
            store.write(work);
            assertThatThrownBy(() -> store.write(work)).satisfies(thrown -> {
                for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
                    assertThat(at.toString()).doesNotContain("adalovelace");
                }
            });
        }
    }

    @Test
    void writesTablesAnewThatRowsWereDeletedFrom() throws Exception {
        try (Store store = open()) {
            store.migrate("test.rows", Scripts.of("CREATE TABLE planted (n TEXT PRIMARY KEY);\n"));
            store.write(connection -> execute(connection, "INSERT INTO planted VALUES ('a'), ('b')"));
            String before = store.read(PostgresStoreTest::fileOfPlanted);
            store.scrub();
            assertThat(store.<String>read(PostgresStoreTest::fileOfPlanted)).isEqualTo(before);
            store.write(connection -> execute(connection, "DELETE FROM planted WHERE n = 'a'"));
            store.scrub();
            assertThat(store.<String>read(PostgresStoreTest::fileOfPlanted)).isNotEqualTo(before);
        }
    }

    private static String fileOfPlanted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_relation_filepath('planted')")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void keepsAVaultAndALedgerThatVerify() throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
        PersonId person = PersonId.of("person-1");
        try (KeyEncryptionKey outer = KeyEncryptionKey.ofPassphrase("correct horse".toCharArray())) {
            byte[] sealed;
            try (Store store = open();
                    StoreVault vault = StoreVault.open(store, outer, clock)) {
                sealed = vault.seal(person, DataClass.FACE_TEMPLATE, "secret".getBytes(StandardCharsets.UTF_8));
                StoreLedger ledger = StoreLedger.open(store, vault, "example.com/test", clock);
                for (int i = 0; i < 300; i++) {
                    ledger.append(LedgerEvent.builder(EventKind.of("test.event"), clock.instant())
                            .person(person)
                            .fact("number", Integer.toString(i))
                            .build());
                }
                ledger.checkpoint();
            }
            try (Store store = open();
                    StoreVault vault = StoreVault.open(store, outer, clock)) {
                StoreLedger ledger = StoreLedger.open(store, vault, "example.com/test", clock);
                assertThat(ledger.size()).isEqualTo(300);
                assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);
                assertThat(vault.open(person, DataClass.FACE_TEMPLATE, sealed)).isPresent();
                vault.shred(person, DataClass.FACE_TEMPLATE);
                assertThat(vault.open(person, DataClass.FACE_TEMPLATE, sealed)).isEmpty();
            }
        }
    }

    @Test
    void saysThatNoServerAnswersWithoutThePassword() {
        assertThatThrownBy(() -> Stores.open("postgresql://me:hunter2@localhost:1/db"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("localhost:1/db cannot be reached")
                .satisfies(thrown -> {
                    for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
                        assertThat(at.toString()).doesNotContain("hunter2");
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@h:5432/d, h:5432, d, u, p",
        "postgres://u@h/d, h, d, u, ''",
        "postgresql:///d, localhost, d, '', ''",
        "postgresql://u%40x:p%3A%2F%3F%25+@h/d?sslmode=require, h, d, u@x, p:/?%+",
        "jdbc:postgresql://h:1/d?user=u&password=p, h:1, d, u, p",
    })
    void readsUrls(String text, String hosts, String database, String user, String password) {
        PostgresUrl parsed = PostgresUrl.parse(text);
        assertThat(parsed.hosts()).isEqualTo(hosts);
        assertThat(parsed.database()).isEqualTo(database);
        assertThat(parsed.user()).isEqualTo(user);
        assertThat(parsed.password()).isEqualTo(password);
        assertThat(parsed.toString()).isEqualTo(hosts + "/" + database);
        assertThat(parsed.options()).doesNotContainKeys("user", "password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql:hunter2",
                "postgresql://u:hunter2@h",
                "postgresql://u:hunter2%@h/d",
                "postgresql://u:hunter2@h/d?x",
                "postgresql://u:hun@ter2@h/d",
                "postgresql://u:hunter2@h/d?poolSize=hunter2",
                "postgresql://u:hunter2@h/d?poolSize=1",
            })
    void refusesOtherUrlsWithoutThePassword(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stores.open(text))
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("ter2"));
    }
}
