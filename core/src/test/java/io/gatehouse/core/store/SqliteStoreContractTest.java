package io.gatehouse.core.store;

import io.gatehouse.core.contract.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreContractTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    protected Store open() throws StoreException {
        return Stores.open("sqlite:" + directory.resolve("gatehouse.db"));
    }
}
