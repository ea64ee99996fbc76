package io.gatehouse.codes.redeem;

import io.gatehouse.core.contract.RedemptionsContract;
import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteRedemptionsContractTest extends RedemptionsContract {
    @TempDir
    private Path folder;

    private @Nullable Store store;

    @Override
    protected Redemptions open() throws StoreException {
        close();
        Store opened = Stores.open(folder.resolve("gate.db"));
        store = opened;
        return JdbcRedemptions.create(opened);
    }

    @AfterEach
    void close() throws StoreException {
        if (store != null) {
            store.close();
        }
    }
}
