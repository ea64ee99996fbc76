package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.contract.PostgresServer;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An old program and a new one on one PostgreSQL. */
@Timeout(120)
class MixedVersionsTest {
    private static final String OLD = "CREATE TABLE things (name TEXT PRIMARY KEY);";
    private static final String NEW = "ALTER TABLE things ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey';";
    private static final String OTHER = "CREATE TABLE others (name TEXT PRIMARY KEY);";

    private final String url = PostgresServer.newDatabase();

    private static int insert(Store store, String table, String name) throws IOException {
        return store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO " + table + " (name) VALUES ('" + name + "')");
            }
        });
    }

    private static long count(Store store, String table) throws IOException {
        return store.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Test
    @DisplayName(
            "once a newer program has migrated, an older one that has the database open neither writes nor reads, and says why")
    void anOldProgramIsKeptOutAfterTheMigration() throws Exception {
        try (Store old = Stores.open(url);
                Store newer = Stores.open(url)) {
            old.migrate("room.things", List.of(OLD));
            assertThat(insert(old, "things", "before")).isEqualTo(1);
            newer.migrate("room.things", List.of(OLD, NEW));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> insert(old, "things", "after"))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("tables of room.things to version 2, this one knows 1")
                        .hasMessageContaining("use one at least as new");
                assertThatThrownBy(() -> count(old, "things"))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("this one knows 1");
            }
            assertThat(count(newer, "things")).isEqualTo(1);
            assertThat(insert(newer, "things", "after")).isEqualTo(1);
            old.migrate("room.things", List.of(OLD, NEW));
            assertThat(count(old, "things")).as("it knows the new tables now").isEqualTo(2);
        }
    }

    @Test
    @DisplayName("tables that a program does not use may be migrated beside it")
    void roomsOfOthersDisturbNobody() throws Exception {
        try (Store one = Stores.open(url);
                Store other = Stores.open(url)) {
            one.migrate("room.things", List.of(OLD));
            insert(one, "things", "a");
            other.migrate("room.others", List.of(OTHER));
            other.migrate("room.things", List.of(OLD));
            assertThat(insert(one, "things", "b")).isEqualTo(1);
            other.migrate("room.others", List.of(OTHER, "ALTER TABLE others ADD COLUMN size INTEGER;"));
            assertThat(insert(one, "things", "c")).isEqualTo(1);
            assertThat(count(one, "things")).isEqualTo(3);
        }
    }
}
