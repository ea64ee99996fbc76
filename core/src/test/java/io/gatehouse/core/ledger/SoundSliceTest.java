package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.SliceCheck.Checked;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the quick look at a slice against the plain one. */
class SoundSliceTest {
    private static final int ENTRIES = 700;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    private LedgerHouse house;

    @BeforeEach
    void record() throws IOException {
        house = LedgerHouse.open(directory);
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < ENTRIES; i++) {
            last = house.ledger().appendAsync(event(i));
        }
        last.join();
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    /** With and without portal, zone and person, and with texts that are not ASCII. */
    private LedgerEvent event(int number) {
        LedgerEvent.Builder event = LedgerEvent.builder(
                        EventKind.PASSAGE, LedgerHouse.NOW.plusMillis(random.nextInt(1_000)))
                .fact("number", number % 5 == 0 ? "门 " + number : Integer.toString(number));
        if (number == 7 || random.nextInt(4) > 0) {
            event.portal(PortalId.of("portal-" + random.nextInt(20)));
        }
        if (number == 7 || random.nextInt(4) > 0) {
            event.zone(ZoneCode.of("zone-" + random.nextInt(5)));
        }
        if (number == 7 || random.nextInt(4) > 0) {
            event.person(PersonId.of("person-" + random.nextInt(30))).personalFact("score", "41.7");
        }
        return event.build();
    }

    private Optional<Checked> quick(long first, long end) throws IOException {
        return new SoundSlice(house.store(), first, end).check();
    }

    private Checked plain(long first, long end) throws IOException {
        return new SliceCheck(house.store(), first, end).plainly();
    }

    @Test
    void saysTheSameOfASliceOfWhichAllIsRight() throws Exception {
        for (long[] slice : new long[][] {{0, 700}, {0, 256}, {256, 700}, {512, 513}}) {
            Checked quick = quick(slice[0], slice[1]).orElseThrow();
            Checked plain = plain(slice[0], slice[1]);
            assertThat(plain.findings().isEmpty()).as("seed %d", seed).isTrue();
            assertThat(Arrays.deepEquals(
                            quick.hashes().toArray(), plain.hashes().toArray()))
                    .isTrue();
            assertThat(quick.root()).isEqualTo(plain.root());
            assertThat(quick.persons()).isEqualTo(plain.persons());
            assertThat(quick.changes()).isEqualTo(plain.changes()).isEmpty();
        }
    }

    @Test
    void leavesAChangeOfKeyToThePlainOne() throws Exception {
        house.ledger().rotateSigningKey();
        assertThat(quick(0, ENTRIES + 1)).isEmpty();
        assertThat(plain(0, ENTRIES + 1).changes()).containsOnlyKeys((long) ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET event_id = CAST(event_id AS TEXT) WHERE position = 7",
                "UPDATE ledger_entry SET event_id = zeroblob(16) WHERE position = 7",
                "UPDATE ledger_entry SET pseudonym = CAST(pseudonym AS TEXT) WHERE position = 7",
                "UPDATE ledger_entry SET pseudonym = NULL WHERE position = 7",
                "UPDATE ledger_entry SET pseudonym = zeroblob(16) WHERE position = 7",
                "UPDATE ledger_entry SET leaf_hash = CAST(leaf_hash AS TEXT) WHERE position = 7",
                "UPDATE ledger_entry SET leaf_hash = zeroblob(32) WHERE position = 7",
                "UPDATE ledger_entry SET content = CAST(content AS TEXT) WHERE position = 7",
                "UPDATE ledger_entry SET content = substr(content, 1, 60) WHERE position = 7",
                "UPDATE ledger_entry SET occurred_nanos = occurred_nanos + 1 WHERE position = 7",
                "UPDATE ledger_entry SET occurred_nanos = NULL WHERE position = 7",
                "UPDATE ledger_entry SET kind = CAST(kind AS BLOB) WHERE position = 7",
                "UPDATE ledger_entry SET kind = NULL WHERE position = 7",
                "UPDATE ledger_entry SET portal = CAST(portal AS BLOB) WHERE position = 7",
                "UPDATE ledger_entry SET portal = NULL WHERE position = 7",
                "UPDATE ledger_entry SET portal = 'portal-99' WHERE position = 7",
                "UPDATE ledger_entry SET zone = CAST(zone AS BLOB) WHERE position = 7",
                "UPDATE ledger_entry SET zone = '' WHERE position = 7",
                "DELETE FROM ledger_entry WHERE position = 7",
                "UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 1 AND position = 0",
                "DELETE FROM ledger_node WHERE level = 1 AND position = 1",
                "DELETE FROM ledger_tile WHERE tile = 1 AND attribute = 2",
                "UPDATE ledger_tile SET newest_nanos = newest_nanos + 1 WHERE tile = 0 AND attribute = 0",
                "UPDATE ledger_tile SET value = CAST(value AS BLOB) WHERE tile = 0 AND attribute = 1",
                "INSERT INTO ledger_tile SELECT tile, attribute, 'nowhere', oldest_nanos, newest_nanos FROM ledger_tile"
                        + " WHERE attribute = 3 AND tile = 0 LIMIT 1"
            })
    @DisplayName("what is wrong with a slice is left to the plain one, which says it")
    void leavesWhatIsWrongToThePlainOne(String damage) throws Exception {
        int changed = house.store().write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(damage);
            }
        });
        assertThat(changed).isPositive();
        assertThat(quick(0, ENTRIES)).isEmpty();
        assertThat(plain(0, ENTRIES).findings().isEmpty()).as("seed %d", seed).isFalse();
        assertThat(house.ledger().verify().isVerified()).isFalse();
    }
}
