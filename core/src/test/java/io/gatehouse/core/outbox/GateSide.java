package io.gatehouse.core.outbox;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** A gate's disk: store, vault and outbox in one directory, for tests. */
record GateSide(Store store, StoreVault vault, Outbox outbox) implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    static final String DATABASE = "gate.db";

    static GateSide open(Path directory, String name, InstantSource clock, OutboxOptions options) throws IOException {
        Store store = Stores.open(directory.resolve(DATABASE));
        try {
            StoreVault vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("gate.key")), clock);
            return new GateSide(store, vault, Outbox.open(store, vault, OutboxId.of(name), clock, options));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    static GateSide open(Path directory, String name) throws IOException {
        return open(directory, name, InstantSource.fixed(NOW), OutboxOptions.standard());
    }

    /** The same for the same number. */
    static LedgerEvent event(int number) {
        return LedgerEvent.builder(number % 2 == 0 ? EventKind.DECISION : EventKind.OUTCOME, NOW.plusMillis(number))
                .id(new UUID(0x7000, number))
                .portal(PortalId.of("portal-" + number % 4))
                .person(PersonId.of("person-" + number % 10))
                .fact("number", Integer.toString(number))
                .personalFact("score", "41.7")
                .build();
    }

    @Override
    public void close() throws IOException {
        vault.close();
        store.close();
    }
}
