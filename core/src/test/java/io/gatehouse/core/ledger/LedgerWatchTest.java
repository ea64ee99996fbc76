package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.ledger.LedgerWatch.Damage;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damages a ledger under its watch. */
class LedgerWatchTest {
    private static final int ENTRIES = 1_500;

    @TempDir
    Path directory;

    private LedgerHouse house;
    private final List<Damage> damages = new ArrayList<>();
    private final List<String> rounds = new ArrayList<>();
    private final List<LedgerWatch.KnownBackup> backups = new ArrayList<>();

    private final LedgerWatch.Listener listener = new LedgerWatch.Listener() {
        @Override
        public void found(Damage damage) {
            damages.add(damage);
        }

        @Override
        public void roundDone(long entries, boolean clean) {
            rounds.add(entries + (clean ? " clean" : " damaged"));
        }
    };

    @BeforeEach
    void open() throws IOException {
        house = LedgerHouse.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private void append(int count) {
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            last = house.ledger().appendAsync(LedgerHouse.event(i));
        }
        last.join();
    }

    private LedgerWatch watch(int entries) {
        return house.ledger().watch(entries, () -> backups, listener);
    }

    private int round(LedgerWatch watch) throws IOException {
        int steps = 1;
        while (!watch.step()) {
            steps++;
        }
        return steps;
    }

    private void sql(String statement) throws IOException {
        int changed = house.store().write(connection -> {
            try (Statement update = connection.createStatement()) {
                return update.executeUpdate(statement);
            }
        });
        assertThat(changed).isPositive();
    }

    private List<String> found() {
        return damages.stream()
                .map(each -> each.finding().kind() + " " + each.finding().index())
                .toList();
    }

    @Test
    void readsSoManyEntriesAStepAndBeginsAgain() throws Exception {
        append(ENTRIES);
        house.ledger().checkpoint();
        LedgerWatch watch = watch(600);
        assertThat(watch.step()).isFalse();
        assertThat(watch.position()).isEqualTo(512);
        append(10);
        assertThat(round(watch)).isEqualTo(2);
        assertThat(watch.position()).isZero();
        assertThat(round(watch)).isEqualTo(3);
        assertThat(rounds).containsExactly("1500 clean", "1510 clean");
        assertThat(damages).isEmpty();
    }

    @Test
    void endsTheRoundOfAnEmptyLedgerAtOnce() throws Exception {
        assertThat(watch(1).step()).isTrue();
        assertThat(rounds).containsExactly("0 clean");
    }

    @Test
    @DisplayName("a watch of a program that is started again goes on where it was, and finds what lies behind that")
    void goesOnAfterAStart() throws Exception {
        append(ENTRIES);
        house.ledger().rotateSigningKey();
        LedgerWatch first = watch(256);
        first.step();
        first.step();
        house.close();
        open();
        LedgerWatch second = watch(256);
        assertThat(second.position()).isEqualTo(512);
        sql("UPDATE ledger_entry SET content = substr(content, 1, 60) || x'00' || substr(content, 62)"
                + " WHERE position = 1000");
        assertThat(round(second)).isEqualTo(4);
        assertThat(found()).contains("ALTERED 1000").allMatch(each -> each.endsWith(" 1000"));
        assertThat(rounds).containsExactly("1501 damaged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE ledger_entry SET portal = 'portal-9' WHERE position = 777 ; ALTERED 777",
                "UPDATE ledger_entry SET zone = 'hall' WHERE position = 0 ; ALTERED 0",
                "UPDATE ledger_entry SET kind = 'gate.decision' WHERE position = 1499 ; ALTERED 1499",
                "UPDATE ledger_entry SET occurred_nanos = occurred_nanos + 1 WHERE position = 300 ; ALTERED 300",
                "UPDATE ledger_entry SET pseudonym = x'00' WHERE position = 300 ; ALTERED 300",
                "UPDATE ledger_entry SET event_id = x'00' WHERE position = 300 ; ALTERED 300",
                "UPDATE ledger_entry SET leaf_hash = x'00' WHERE position = 300 ; ALTERED 300",
                "UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 1 AND position = 3 ; ALTERED 768",
                "DELETE FROM ledger_node WHERE level = 1 AND position = 0 ; ALTERED 0",
                "DELETE FROM ledger_entry WHERE position = 1024 ; MISSING 1024",
                "UPDATE ledger_checkpoint SET note = replace(note, '700', '701') ; MALFORMED -1",
                "UPDATE ledger_checkpoint SET note = substr(note, 1, length(note) - 6) || 'AAAA=' || char(10)"
                        + " ; FALSE_SIGNATURE -1"
            })
    void findsDamageAndNamesThePlace(String damage, String expected) throws Exception {
        append(700);
        house.ledger().checkpoint();
        append(ENTRIES - 700);
        LedgerWatch watch = watch(512);
        assertThat(round(watch)).isEqualTo(3);
        assertThat(damages).isEmpty();
        sql(damage);
        round(watch);
        assertThat(found()).contains(expected);
        int once = damages.size();
        round(watch);
        assertThat(damages).as("told again").hasSize(2 * once);
        assertThat(rounds).containsExactly("1500 clean", "1500 damaged", "1500 damaged");
    }

    @Test
    @DisplayName("an entry and its hash that were both rewritten are found by the checkpoint")
    void findsAnEntryThatWasRewrittenWithItsHash() throws Exception {
        append(100);
        house.ledger().checkpoint();
        LedgerEntry other = house.ledger().entries(7, 1).get(0);
        sql("UPDATE ledger_entry SET leaf_hash = (SELECT leaf_hash FROM ledger_entry WHERE position = 7),"
                + " content = (SELECT content FROM ledger_entry WHERE position = 7) WHERE position = 8");
        round(watch(256));
        assertThat(other.index()).isEqualTo(7);
        assertThat(found()).contains("ALTERED 8", "WRONG_ROOT -1");
    }

    @Test
    @DisplayName("a bit flipped in any column of any entry is found with the entry's place")
    void findsAnyFlippedBit() throws Exception {
        append(600);
        house.ledger().checkpoint();
        LedgerWatch watch = watch(256);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            int position = random.nextInt(600);
            String column = random.nextBoolean() ? "content" : "leaf_hash";
            byte[] before = column(column, position);
            byte[] flipped = before.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            put(column, position, flipped);
            damages.clear();
            round(watch);
            assertThat(found()).as("seed %d, %s of %d", seed, column, position).contains("ALTERED " + position);
            put(column, position, before);
        }
        damages.clear();
        round(watch);
        assertThat(damages).isEmpty();
    }

    private byte[] column(String column, int position) throws IOException {
        return house.store().read(connection -> {
            try (Statement select = connection.createStatement();
                    var rows = select.executeQuery(
                            "SELECT " + column + " FROM ledger_entry WHERE position = " + position)) {
                rows.next();
                return rows.getBytes(1);
            }
        });
    }

    private void put(String column, int position, byte[] value) throws IOException {
        house.store().write(connection -> {
            try (var update = connection.prepareStatement(
                    "UPDATE ledger_entry SET " + column + " = ? WHERE position = " + position)) {
                update.setBytes(1, value);
                return update.executeUpdate();
            }
        });
    }

    @Test
    @DisplayName("the backup to use is the newest that holds the entry and is older than the last round that was clean")
    void namesTheBackupToUse() throws Exception {
        Instant now = LedgerHouse.NOW;
        append(100);
        String early = house.ledger().checkpoint().note();
        append(200);
        String late = house.ledger().checkpoint().note();
        backups.add(new LedgerWatch.KnownBackup("monday", now.minusSeconds(300), early));
        backups.add(new LedgerWatch.KnownBackup("tuesday", now.minusSeconds(200), late));
        backups.add(new LedgerWatch.KnownBackup("forged", now.minusSeconds(1), late.replace("\n300\n", "\n301\n")));
        backups.add(new LedgerWatch.KnownBackup("wednesday", now.plusSeconds(100), late));
        LedgerWatch watch = watch(256);
        sql("UPDATE ledger_entry SET portal = 'portal-9' WHERE position = 150");
        round(watch);
        assertThat(damages).singleElement().hasToString(damages.get(0).toString());
        assertThat(damages.get(0).sound()).isFalse();
        assertThat(damages.get(0).backup().orElseThrow().name()).isEqualTo("wednesday");
        sql("UPDATE ledger_entry SET portal = 'portal-2' WHERE position = 150");
        damages.clear();
        round(watch);
        assertThat(damages).isEmpty();
        sql("UPDATE ledger_entry SET portal = 'portal-9' WHERE position IN (50, 150)");
        round(watch);
        assertThat(damages).hasSize(2).allSatisfy(damage -> {
            assertThat(damage.sound()).isTrue();
            assertThat(damage.backup().orElseThrow().name()).isEqualTo("tuesday");
        });
        assertThat(damages.get(0))
                .hasToString("ALTERED at entry 50: Entry 50 is listed under what it does not hold:"
                        + " the list was altered. Restore the backup tuesday of 2026-03-01T07:56:40Z.");
        backups.remove(1);
        damages.clear();
        round(watch);
        assertThat(damages)
                .extracting(each -> each.backup().orElseThrow().name())
                .containsExactly("monday", "wednesday");
        backups.clear();
        damages.clear();
        round(watch);
        assertThat(damages).allMatch(each -> each.backup().isEmpty());
    }

    @Test
    @DisplayName("entries that cannot be read at all are told, the step fails and is done again")
    void tellsThatEntriesCannotBeRead() throws Exception {
        append(600);
        LedgerWatch watch = watch(256);
        watch.step();
        rename("content", "gone");
        assertThatThrownBy(watch::step).isInstanceOf(StoreException.class);
        assertThat(found()).containsExactly("MALFORMED 256");
        assertThat(watch.position()).isEqualTo(256);
        rename("gone", "content");
        damages.clear();
        round(watch);
        assertThat(damages).isEmpty();
        assertThat(rounds).containsExactly("600 clean");
    }

    private void rename(String from, String to) throws IOException {
        house.store().write(connection -> {
            try (Statement alter = connection.createStatement()) {
                return alter.executeUpdate("ALTER TABLE ledger_entry RENAME COLUMN " + from + " TO " + to);
            }
        });
    }

    @Test
    void refusesAStepOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> watch(0));
    }
}
