package io.gatehouse.devices.fleet;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Each opening is another program's, and the one before stays open. */
class PostgresFleetTest extends FleetContract {
    private final List<Store> stores = new ArrayList<>();
    private @Nullable String url;

    @Override
    Store open() throws StoreException {
        String at = url == null ? PostgresServer.newDatabase() : url;
        url = at;
        Store store = Stores.open(at);
        stores.add(store);
        return store;
    }

    @AfterEach
    void close() throws StoreException {
        for (Store store : stores) {
            store.close();
        }
    }
}
