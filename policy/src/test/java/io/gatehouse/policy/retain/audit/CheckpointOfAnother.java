package io.gatehouse.policy.retain.audit;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Signs a checkpoint of another ledger that bears the same name. */
final class CheckpointOfAnother {
    private CheckpointOfAnother() {}

    static String note(Path directory, InstantSource clock) throws IOException {
        Files.createDirectories(directory);
        try (Store store = Stores.open(directory.resolve("house.db"));
                StoreVault vault =
                        StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key")), clock);
                StoreLedger ledger = StoreLedger.open(store, vault, "house.example.com/<b>", clock)) {
            ledger.append(
                    LedgerEvent.builder(EventKind.of("a.b"), clock.instant()).build());
            return ledger.checkpoint().note();
        }
    }
}
