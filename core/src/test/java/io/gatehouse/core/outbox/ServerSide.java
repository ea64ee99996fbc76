package io.gatehouse.core.outbox;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The server: store, vault, ledger and receiver in one directory, for tests. */
record ServerSide(Store store, StoreVault vault, StoreLedger ledger, LedgerReceiver receiver) implements AutoCloseable {
    static ServerSide open(Path directory, InstantSource clock) throws IOException {
        Store store = Stores.open(directory.resolve("server.db"));
        try {
            StoreVault vault =
                    StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("server.key")), clock);
            StoreLedger ledger = StoreLedger.open(store, vault, "house.example.com", clock);
            return new ServerSide(
                    store, vault, ledger, LedgerReceiver.open(store, ledger, clock, Duration.ofSeconds(2)));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    List<LedgerEntry> entries() throws IOException {
        List<LedgerEntry> all = new ArrayList<>();
        while (all.size() < ledger.size()) {
            all.addAll(ledger.entries(all.size(), 10_000));
        }
        return all;
    }

    List<LedgerEvent> events() throws IOException {
        return entries().stream().map(LedgerEntry::event).toList();
    }

    /** What gates recorded, without what the receiver says. */
    List<LedgerEvent> gateEvents() throws IOException {
        return events().stream()
                .filter(event -> event.kind().value().startsWith("gate."))
                .toList();
    }

    List<LedgerEvent> ofKind(EventKind kind) throws IOException {
        return events().stream().filter(event -> event.kind().equals(kind)).toList();
    }

    @Override
    public void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }
}
