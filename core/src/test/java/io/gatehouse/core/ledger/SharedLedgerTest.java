package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.verify.Verification;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that share a PostgreSQL: one writes the ledger, the others read it and take over. */
@Timeout(120)
class SharedLedgerTest {
    private final String url = PostgresServer.newDatabase();

    @TempDir
    Path directory;

    private LedgerHouse program() throws IOException {
        return LedgerHouse.open(directory, url);
    }

    @Test
    void refusesASecondWriterWhichReadsAndTakesOver() throws Exception {
        try (LedgerHouse second = secondAfterTheFirst()) {
            assertThat(second.ledger().append(LedgerHouse.event(2)).index()).isEqualTo(2);
            assertThat(second.ledger().checkpoint().size()).isEqualTo(3);
            assertThat(second.ledger().verify()).isInstanceOf(Verification.Verified.class);
        }
    }

    /** The second program, after the first has ended. */
    private LedgerHouse secondAfterTheFirst() throws Exception {
        try (LedgerHouse first = program()) {
            LedgerEvent event = LedgerHouse.event(0);
            first.ledger().append(event);
            LedgerHouse second = program();
            assertThatThrownBy(() -> second.ledger().append(LedgerHouse.event(9)))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("another program writes this ledger");
            assertThatThrownBy(() -> second.ledger().checkpoint()).isInstanceOf(LedgerException.class);
            first.ledger().append(LedgerHouse.event(1));
            first.ledger().checkpoint();
            assertThat(second.ledger().size()).isEqualTo(2);
            assertThat(second.ledger().entries(0, 10)).hasSize(2);
            assertThat(second.ledger().entries(0, 1).get(0).event()).isEqualTo(event);
            assertThat(second.ledger()
                            .search(LedgerQuery.builder()
                                    .person(PersonId.of("person-1"))
                                    .build())
                            .entries())
                    .hasSize(1);
            assertThat(second.ledger().verify()).isInstanceOf(Verification.Verified.class);
            first.vault().shred(PersonId.of("person-0"), DataClass.LEDGER);
            assertThat(second.ledger().entries(0, 1).get(0).event().person()).isEmpty();
            return second;
        }
    }

    @Test
    void aWriterThatLostItsServerConnectionDoesNotWriteBesideTheNext() throws Exception {
        try (LedgerHouse first = program();
                LedgerHouse second = program()) {
            first.ledger().append(LedgerHouse.event(0));
            endClaims(second);
            awaitNoClaims(second);
            assertThat(second.ledger().append(LedgerHouse.event(1)).index()).isEqualTo(1);
            assertThatThrownBy(() -> first.ledger().append(LedgerHouse.event(2)))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("another program writes this ledger");
            assertThat(first.ledger().size()).isEqualTo(2);
            endClaims(second);
            awaitNoClaims(first);
            assertThat(first.ledger().append(LedgerHouse.event(2)).index()).isEqualTo(2);
            assertThat(first.ledger().verify().findings()).isEmpty();
        }
    }

    @Test
    void theOrderStaysTotalShouldTwoWriteAllTheSame() throws Exception {
        try (LedgerHouse first = program();
                LedgerHouse second = program()) {
            EntrySealer sealer = new EntrySealer(second.vault());
            EntryWriter writer = new EntryWriter(
                    second.store(), new TreeNodes(second.store()), new PersonIndex(second.store(), PersonIndex.RUN));
            LedgerEvent event = LedgerHouse.event(1);
            first.ledger().append(LedgerHouse.event(0));
            assertThatThrownBy(() -> writer.write(List.of(sealer.seal(event, LedgerHouse.NOW))))
                    .isInstanceOf(IOException.class);
            assertThat(writer.write(List.of(sealer.seal(event, LedgerHouse.NOW)))
                            .get(0)
                            .position())
                    .isEqualTo(1);
            assertThatThrownBy(() -> first.ledger().append(LedgerHouse.event(2)))
                    .isInstanceOf(IOException.class);
            assertThat(first.ledger().append(LedgerHouse.event(2)).index()).isEqualTo(2);
            assertThat(first.ledger().verify().findings()).isEmpty();
        }
    }

    @Test
    @DisplayName("3 programs killed while they append: the next takes over, nothing acknowledged is lost")
    void takesOverFromAProgramThatIsKilled() throws Exception {
        List<UUID> acknowledged = new ArrayList<>();
        for (int time = 0; time < 3; time++) {
            Process process =
                    AppendingProgram.start(directory, List.of(), "2", "0", Integer.toString(Integer.MAX_VALUE), url);
            try (BufferedReader out = process.inputReader()) {
                for (int i = 0; i < 40; i++) {
                    take(out.readLine(), acknowledged);
                }
                takeOver(process, out, acknowledged);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private void takeOver(Process process, BufferedReader out, List<UUID> acknowledged) throws Exception {
        try (LedgerHouse next = program()) {
            assertThatThrownBy(() -> next.ledger().append(LedgerHouse.event(-1)))
                    .as(errors())
                    .isInstanceOf(LedgerException.class);
            AppendingProgram.kill(process);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line, acknowledged);
            }
            awaitNoClaims(next);
            LedgerEntry own = next.ledger().append(LedgerHouse.event(-1));
            acknowledged.add(own.event().id());
            assertThat(own.index()).isEqualTo(next.ledger().size() - 1);
            assertThat(next.ledger().verify().findings()).isEmpty();
            assertThat(ids(next)).containsAll(acknowledged).doesNotHaveDuplicates();
        }
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void take(String line, List<UUID> acknowledged) {
        assertThat(line).as(this::errors).isNotNull();
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[2].length() == 36) {
            acknowledged.add(UUID.fromString(words[2]));
        }
    }

    private static List<UUID> ids(LedgerHouse house) throws IOException {
        List<UUID> ids = new ArrayList<>();
        List<LedgerEntry> page = house.ledger().entries(0, 10_000);
        while (!page.isEmpty()) {
            page.forEach(entry -> ids.add(entry.event().id()));
            page = house.ledger().entries(ids.size(), 10_000);
        }
        return ids;
    }

    /** The server ends a lost connection by itself, in its own time. */
    private static void awaitNoClaims(LedgerHouse house) throws IOException {
        while (claims(house) > 0) {
            Thread.onSpinWait();
        }
    }

    private static int claims(LedgerHouse house) throws IOException {
        return house.store().read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_locks JOIN pg_database d"
                            + " ON d.oid = database WHERE locktype = 'advisory' AND d.datname = current_database()")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    private static void endClaims(LedgerHouse house) throws IOException {
        house.store().read(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d"
                        + " ON d.oid = database WHERE locktype = 'advisory' AND d.datname = current_database()");
            }
        });
    }
}
