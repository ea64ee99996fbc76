package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerWatch.Damage;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damages the lists by which persons are found, under a ledger's watch. */
class LedgerWatchPersonsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(LedgerHouse.NOW);

    /** No multiple of what a step reads, so that runs lie over the ends of steps. */
    private static final int RUN = 300;

    private static final int ENTRIES = 1_500;

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;
    private final List<Damage> damages = new ArrayList<>();
    private final List<LedgerWatch.KnownBackup> backups = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(directory.resolve("gatehouse.db"));
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), CLOCK);
        ledger = StoreLedger.open(store, vault, "watch.example.com", CLOCK, RUN);
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }

    /** Waits now and then, for a run is written before a commit and holds all that is there by then. */
    private void append(int count) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<?> last = ledger.appendAsync(LedgerHouse.event(i));
            if (i % 100 == 99 || i == count - 1) {
                last.join();
            }
        }
    }

    private LedgerWatch watch() {
        return ledger.watch(256, () -> backups, damages::add);
    }

    private static void round(LedgerWatch watch) throws IOException {
        while (!watch.step()) {
            // As many steps as it takes.
        }
    }

    private long number(String sql) throws IOException {
        return store.read(connection -> {
            try (Statement select = connection.createStatement();
                    var rows = select.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private void change(String sql) throws IOException {
        int changed = store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
        assertThat(changed).isPositive();
    }

    private List<String> found() {
        return damages.stream()
                .map(each -> each.finding().kind() + " " + each.finding().index())
                .toList();
    }

    /** The start of the run in which an entry is. */
    private long runOf(long position) throws IOException {
        return number("SELECT max(start_position) FROM ledger_run WHERE start_position <= " + position);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELETE FROM ledger_run_person WHERE position = 700",
                "UPDATE ledger_run_person SET pseudonym = zeroblob(16) WHERE position = 700",
                "UPDATE ledger_run_person SET occurred_nanos = occurred_nanos + 1 WHERE position = 700",
                "UPDATE ledger_run_person SET position = 1 WHERE position = 700",
                "INSERT INTO ledger_run_person SELECT run, zeroblob(16), 1, 700 FROM ledger_run_person"
                        + " WHERE position = 700",
                "UPDATE ledger_run SET newest_nanos = 1 WHERE start_position = RUN",
                "UPDATE ledger_run SET filter = zeroblob(10) WHERE start_position = RUN",
                "UPDATE ledger_run SET end_position = end_position - 1 WHERE start_position = RUN",
                "DELETE FROM ledger_run WHERE start_position = RUN"
            })
    @DisplayName("a list of persons that was altered is found, with the run's first entry and the backup to use")
    void findsAnAlteredList(String damage) throws Exception {
        append(ENTRIES);
        Checkpoint checkpoint = ledger.checkpoint();
        backups.add(new LedgerWatch.KnownBackup("monday", LedgerHouse.NOW, checkpoint.note()));
        LedgerWatch watch = watch();
        round(watch);
        assertThat(damages).isEmpty();
        long run = runOf(700);
        change(damage.replace("RUN", Long.toString(run)));
        round(watch);
        assertThat(found()).contains("ALTERED " + run);
        assertThat(damages).allSatisfy(each -> {
            assertThat(each.finding().words()).contains("list of persons");
            assertThat(each.backup().orElseThrow().name()).isEqualTo("monday");
            assertThat(each.sound()).isTrue();
        });
        assertThat(ledger.verify().findings()).extracting(each -> each.index()).contains(run);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELETE FROM ledger_person",
                "UPDATE ledger_person SET sealed = substr(sealed, 1, 3) || x'00' || substr(sealed, 5)",
                "UPDATE ledger_person SET sealed = substr(sealed, 1, 20) || x'00' || substr(sealed, 22)",
                "UPDATE ledger_person SET sealed = (SELECT o.sealed FROM ledger_person o"
                        + " WHERE o.pseudonym <> ledger_person.pseudonym LIMIT 1)"
            })
    @DisplayName("what leads from a pseudonym to a person is found by watch and verify if it is gone or altered")
    void findsAnAlteredPerson(String damage) throws Exception {
        append(ENTRIES);
        ledger.checkpoint();
        LedgerWatch watch = watch();
        round(watch);
        assertThat(damages).isEmpty();
        change(damage + " WHERE pseudonym = (SELECT pseudonym FROM ledger_entry WHERE position = 7)");
        round(watch);
        assertThat(found()).containsExactly("ALTERED 7");
        assertThat(damages.get(0).finding().words()).contains("leads from the pseudonym in entry 7");
        assertThat(ledger.verify().findings())
                .singleElement()
                .satisfies(each -> assertThat(each.index()).isEqualTo(7));
    }

    @Test
    void findsNothingWrongWithWhoWasShredded() throws Exception {
        append(ENTRIES);
        vault.shred(PersonId.of("person-7"), DataClass.LEDGER);
        round(watch());
        assertThat(damages).isEmpty();
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    @DisplayName("a watch that goes on after a start checks the run it is in the middle of")
    void checksTheRunThatAStartLiesIn() throws Exception {
        append(ENTRIES);
        ledger.checkpoint();
        LedgerWatch first = watch();
        first.step();
        first.step();
        assertThat(first.position()).isEqualTo(512);
        long run = runOf(512);
        assertThat(run).isLessThan(512);
        close();
        open();
        round(watch());
        assertThat(damages).as("whole").isEmpty();
        LedgerWatch second = watch();
        second.step();
        second.step();
        change("DELETE FROM ledger_run_person WHERE position = 511");
        close();
        open();
        round(watch());
        assertThat(found()).containsExactly("ALTERED " + run);
    }

    @Test
    void isNotDisturbedByRunsThatAreWrittenMeanwhile() throws Exception {
        append(700);
        LedgerWatch watch = watch();
        watch.step();
        append(ENTRIES);
        round(watch);
        round(watch);
        assertThat(damages).isEmpty();
        assertThat(number("SELECT count(*) FROM ledger_run")).isGreaterThan(2);
    }
}
