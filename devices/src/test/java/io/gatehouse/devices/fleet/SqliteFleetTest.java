package io.gatehouse.devices.fleet;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteFleetTest extends FleetContract {
    @TempDir
    private Path folder;

    private @Nullable Store store;

    @Override
    Store open() throws StoreException {
        close();
        Store opened = Stores.open(folder.resolve("fleet.db"));
        store = opened;
        return opened;
    }

    @AfterEach
    void close() throws StoreException {
        if (store != null) {
            store.close();
        }
    }
}
