package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.TileTables.Holding;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the tiles that a writer lists from memory against those that the database makes of the entries. */
class TileListingTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    private LedgerEvent event() {
        LedgerEvent.Builder event = LedgerEvent.builder(
                random.nextBoolean() ? EventKind.PASSAGE : EventKind.DECISION,
                LedgerHouse.NOW.plusNanos(random.nextInt()));
        if (random.nextBoolean()) {
            event.portal(PortalId.of("portal-" + random.nextInt(70)));
        }
        if (random.nextBoolean()) {
            event.zone(ZoneCode.of("zone-" + random.nextInt(5)));
        }
        if (random.nextBoolean()) {
            event.person(PersonId.of("person-" + random.nextInt(9)));
        }
        return event.build();
    }

    @Test
    @DisplayName(
            "tiles are the same whether they are listed from memory or by the database, through starts and repeated ids")
    void listsWhatTheDatabaseWould() throws Exception {
        for (int start = 0; start < 6; start++) {
            try (LedgerHouse house = LedgerHouse.open(directory)) {
                StoreLedger ledger = house.ledger();
                LedgerEvent last = event();
                for (int round = random.nextInt(12); round >= 0; round--) {
                    CompletableFuture<?> done = ledger.appendAsync(last);
                    for (int i = random.nextInt(150); i > 0; i--) {
                        last = event();
                        done = ledger.appendAsync(last);
                    }
                    done.join();
                }
                compare(house, ledger.size() / TileTables.WIDTH);
            }
        }
    }

    private void compare(LedgerHouse house, long tiles) throws Exception {
        Set<Holding> listed = house.store().read(connection -> TileTables.holdings(connection, 0, Long.MAX_VALUE));
        assertThat(house.store().read(TileTables::count)).as("seed %d", seed).isEqualTo(tiles);
        Set<Holding> made = house.store().write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM ledger_tile")) {
                delete.executeUpdate();
            }
            TileTables.insert(connection, 0, tiles);
            return TileTables.holdings(connection, 0, Long.MAX_VALUE);
        });
        assertThat(listed).as("seed %d", seed).isEqualTo(made);
    }
}
