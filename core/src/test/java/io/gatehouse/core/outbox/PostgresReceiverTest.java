package io.gatehouse.core.outbox;

import io.gatehouse.core.contract.OutboxReceiverContract;
import io.gatehouse.core.contract.PostgresServer;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The receiver on a PostgreSQL server. */
class PostgresReceiverTest extends OutboxReceiverContract {
    @TempDir
    Path directory;

    private final InstantSource clock = InstantSource.fixed(GateSide.NOW);
    private @Nullable String url;
    private @Nullable ServerSide server;

    @Override
    protected OutboxReceiver open() throws IOException {
        close();
        String at = url == null ? PostgresServer.newDatabase() : url;
        url = at;
        Store store = Stores.open(at);
        StoreVault vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("server.key")), clock);
        StoreLedger ledger = StoreLedger.open(store, vault, "house.example.com", clock);
        LedgerReceiver receiver = LedgerReceiver.open(store, ledger, clock, Duration.ofSeconds(2));
        server = new ServerSide(store, vault, ledger, receiver);
        return receiver;
    }

    @Override
    protected List<LedgerEvent> recorded() throws IOException {
        if (server == null) {
            throw new IllegalStateException("not open");
        }
        return server.entries().stream().map(LedgerEntry::event).toList();
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
        server = null;
    }
}
