package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EntryWriter.Recorded;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are written in several slices, with the appends that follow. */
class PersonIndexTest {
    private static final InstantSource CLOCK = InstantSource.fixed(LedgerHouse.NOW);
    private static final int RUN = 3 * PersonIndex.SLICE;

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(directory.resolve("gatehouse.db"));
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), CLOCK);
        ledger = StoreLedger.open(store, vault, "runs.example.com", CLOCK, RUN);
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }

    @Test
    void everyEntryIsFoundWhileARunIsWritten() throws IOException {
        append(0, RUN);
        assertThat(rows()).isZero();
        List<Long> written = new ArrayList<>();
        for (int i = RUN; i < RUN + 3; i++) {
            assertThat(runs()).isZero();
            append(i, 1);
            written.add(rows());
            requireAllFound(i + 1);
        }
        assertThat(written).containsExactly((long) PersonIndex.SLICE, 2L * PersonIndex.SLICE, (long) RUN);
        assertThat(runs()).as("the last row makes the run known").isEqualTo(1);
        assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void whatIsLeftOfARunIsWrittenAtOnceWhenTheNextIsFull() throws IOException {
        append(0, RUN + 1);
        assertThat(rows()).isEqualTo(PersonIndex.SLICE);
        PersonIndex persons = new PersonIndex(store, RUN);
        persons.load();
        assertThat(runs()).isEqualTo(1);
        List<Recorded> more = recorded(RUN + 1, 2 * RUN);
        persons.add(Optional.empty(), more.subList(0, RUN));
        PersonIndex.Slice first = persons.slice(1).orElseThrow();
        assertThat(first.rows()).hasSize(PersonIndex.SLICE);
        persons.add(Optional.of(first), more.subList(RUN, 2 * RUN));
        PersonIndex.Slice rest = persons.slice(1).orElseThrow();
        assertThat(rest.rows()).hasSize(RUN - PersonIndex.SLICE + 1);
        assertThat(rest.isLast()).isTrue();
    }

    @Test
    void aRunThatWasNotFinishedIsWrittenAnew() throws IOException {
        append(0, RUN + 2);
        assertThat(rows()).isEqualTo(2L * PersonIndex.SLICE);
        assertThat(runs()).isZero();
        close();
        open();
        assertThat(runs()).isEqualTo(1);
        assertThat(rows()).isEqualTo(RUN);
        requireAllFound(RUN + 2);
        append(RUN + 2, 2 * RUN);
        requireAllFound(3 * RUN + 2);
        assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void whatIsListedBeyondTheEndHidesNothing() throws IOException {
        append(0, RUN + 4);
        change("UPDATE ledger_run SET end_position = end_position + 500");
        change("INSERT INTO ledger_tile VALUES (1000000000, 1, 'passage', 0, 0)");
        change("INSERT INTO ledger_tile VALUES (4, 0, '', 0, 0)");
        assertThat(ledger.verify()).isInstanceOf(Verification.Refuted.class);
        assertThat(ledger.stream(LedgerQuery.builder().build())).hasSize(RUN + 4);
        close();
        open();
        append(RUN + 4, 2 * RUN);
        requireAllFound(3 * RUN + 4);
        assertThat(ledger.stream(LedgerQuery.builder().build())).hasSize(3 * RUN + 4);
        assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);
    }

    private void change(String sql) throws IOException {
        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private void append(int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            ledger.append(LedgerHouse.event(i));
        }
    }

    private List<Recorded> recorded(int from, int count) throws IOException {
        EntrySealer sealer = new EntrySealer(vault);
        List<Recorded> recorded = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            recorded.add(new Recorded(sealer.seal(LedgerHouse.event(i), LedgerHouse.NOW), i, null));
        }
        return recorded;
    }

    private void requireAllFound(int entries) throws IOException {
        for (int person = 0; person < 10; person++) {
            LedgerQuery query = LedgerQuery.builder()
                    .person(PersonId.of("person-" + person))
                    .build();
            long found = ledger.stream(query).count();
            assertThat(found).as("person %d of %d entries", person, entries).isEqualTo((entries - person + 9) / 10);
        }
    }

    private long rows() throws IOException {
        return number("SELECT count(*) FROM ledger_run_person");
    }

    private long runs() throws IOException {
        return number("SELECT count(*) FROM ledger_run");
    }

    private long number(String sql) throws IOException {
        return store.<Long>read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
