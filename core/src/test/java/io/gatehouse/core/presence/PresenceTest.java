package io.gatehouse.core.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.gate.Confirmation;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Presence.Stay;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presence over a real ledger in a real store. */
class PresenceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BEN = PersonId.of("ben");
    private static final ZoneCode HALL = ZoneCode.of("hall");
    private static final ZoneCode LAB = ZoneCode.of("lab");

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;

    @BeforeEach
    void open() throws IOException {
        InstantSource clock = InstantSource.fixed(NOW);
        store = Stores.open(directory.resolve("gatehouse.db"));
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), clock);
        ledger = StoreLedger.open(store, vault, "presence.example.com", clock);
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
        store.close();
    }

    private void passes(PersonId person, ZoneCode zone, int second, String actuation) throws IOException {
        ledger.append(LedgerEvent.builder(EventKind.OUTCOME, NOW.plusSeconds(second))
                .person(person)
                .zone(zone)
                .fact("actuation", actuation)
                .build());
    }

    @Test
    void countsWhoIsWhereSinceWhen() throws Exception {
        Presence presence = Presence.of(ledger);
        presence.catchUp();
        assertThat(presence.counts()).isEmpty();
        passes(ANNA, HALL, 1, "done");
        passes(BEN, HALL, 2, "done");
        passes(ANNA, LAB, 3, "done");
        passes(BEN, LAB, 4, "failed");
        ledger.append(LedgerEvent.builder(EventKind.DECISION, NOW)
                .person(BEN)
                .zone(LAB)
                .build());
        presence.catchUp();
        assertThat(presence.counts()).isEqualTo(Map.of(HALL, 1, LAB, 1));
        assertThat(presence.muster())
                .containsExactly(new Stay(BEN, HALL, NOW.plusSeconds(2)), new Stay(ANNA, LAB, NOW.plusSeconds(3)));
        passes(BEN, ZoneCode.OUTSIDE, 5, "done");
        presence.catchUp();
        assertThat(presence.counts()).isEqualTo(Map.of(LAB, 1));
    }

    @Test
    void givesTheSameWhenItIsRebuiltFromTheLedger() throws Exception {
        for (int i = 0; i < 60; i++) {
            PersonId person = PersonId.of("person-" + i % 7);
            passes(person, i % 3 == 0 ? ZoneCode.OUTSIDE : i % 2 == 0 ? HALL : LAB, i, "done");
        }
        Presence followed = Presence.of(ledger);
        followed.catchUp();
        followed.catchUp();
        Presence rebuilt = Presence.of(ledger);
        rebuilt.catchUp();
        assertThat(rebuilt.muster()).isEqualTo(followed.muster()).isNotEmpty();
    }

    @Test
    void isMovedByNobodyWhoWasShredded() throws Exception {
        passes(ANNA, HALL, 1, "done");
        passes(BEN, HALL, 2, "done");
        vault.shred(ANNA, DataClass.LEDGER);
        Presence presence = Presence.of(ledger);
        presence.catchUp();
        assertThat(presence.muster()).extracting(Stay::person).containsExactly(BEN);
    }

    @Test
    void goesByTheProofOfTheGateWhereItSaysMoreThanTheDoor() throws Exception {
        confirmed(ANNA, HALL, 1, "no-answer", "assumed");
        confirmed(BEN, HALL, 2, "done", "not-passed");
        Presence presence = Presence.of(ledger);
        presence.catchUp();
        assertThat(presence.muster()).containsExactly(new Stay(ANNA, HALL, NOW.plusSeconds(1)));
        assertThat(presence.anomalies()).isEmpty();
        confirmed(ANNA, LAB, 3, "done", "unknown");
        confirmed(BEN, LAB, 4, "no-answer", "confirmed");
        presence.catchUp();
        assertThat(presence.stayOf(ANNA).orElseThrow().zone()).isEqualTo(HALL);
        assertThat(presence.stayOf(BEN).orElseThrow().zone()).isEqualTo(LAB);
        assertThat(presence.anomalies()).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.NO_ANSWER);
    }

    private void confirmed(PersonId person, ZoneCode zone, int second, String actuation, String confirmation)
            throws IOException {
        ledger.append(LedgerEvent.builder(EventKind.OUTCOME, NOW.plusSeconds(second))
                .person(person)
                .zone(zone)
                .fact("actuation", actuation)
                .fact(Confirmation.Verdict.FACT, confirmation)
                .build());
    }
}
