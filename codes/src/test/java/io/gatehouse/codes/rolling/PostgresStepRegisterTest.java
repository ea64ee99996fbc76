package io.gatehouse.codes.rolling;

import io.gatehouse.codes.contract.StepRegisterContract;
import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Each opening is another program's, and the one before stays open: gates share the database. */
class PostgresStepRegisterTest extends StepRegisterContract {
    private final List<Store> stores = new ArrayList<>();
    private @Nullable String url;

    @Override
    protected StepRegister open() throws StoreException {
        String at = url == null ? PostgresServer.newDatabase() : url;
        url = at;
        Store store = Stores.open(at);
        stores.add(store);
        return JdbcStepRegister.create(store);
    }

    @AfterEach
    void close() throws StoreException {
        for (Store store : stores) {
            store.close();
        }
    }
}
