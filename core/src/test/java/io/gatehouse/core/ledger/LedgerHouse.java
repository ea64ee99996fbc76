package io.gatehouse.core.ledger;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** A ledger with its store and vault in one directory, for tests. */
record LedgerHouse(Store store, StoreVault vault, StoreLedger ledger) implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    static final String DATABASE = "gatehouse.db";

    static LedgerHouse open(Path directory) throws IOException {
        return open(directory, "sqlite:" + directory.resolve(DATABASE));
    }

    /** With the vault's key in the directory and the database elsewhere. */
    static LedgerHouse open(Path directory, String url) throws IOException {
        InstantSource clock = InstantSource.fixed(NOW);
        Store store = Stores.open(url);
        try {
            StoreVault vault =
                    StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), clock);
            return new LedgerHouse(store, vault, StoreLedger.open(store, vault, "house.example.com", clock));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    static LedgerEvent event(int number) {
        return LedgerEvent.builder(EventKind.PASSAGE, NOW.plusMillis(number))
                .portal(PortalId.of("portal-" + number % 4))
                .person(PersonId.of("person-" + number % 10))
                .fact("number", Integer.toString(number))
                .personalFact("score", "41.7")
                .build();
    }

    @Override
    public void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }
}
