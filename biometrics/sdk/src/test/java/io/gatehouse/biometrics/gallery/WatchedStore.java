package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.store.Claim;
import io.gatehouse.core.store.Dialect;
import io.gatehouse.core.store.Scripts;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that says before each write which one comes, and fails if that does. */
record WatchedStore(Store inner, Watch watch) implements Store {
    /** What happens before a write. */
    interface Watch {
        void before() throws IOException;
    }

    @Override
    public Dialect dialect() {
        return inner.dialect();
    }

    @Override
    public void migrate(String room, Scripts scripts) throws StoreException {
        inner.migrate(room, scripts);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) throws StoreException {
        try {
            watch.before();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException("watching failed", e);
        }
        return inner.write(work);
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) throws StoreException {
        return inner.read(work);
    }

    @Override
    public boolean isShared() {
        return inner.isShared();
    }

    @Override
    public boolean isInWork() {
        return inner.isInWork();
    }

    @Override
    public Optional<Claim> claim(String name) throws StoreException {
        return inner.claim(name);
    }

    @Override
    public void scrub() throws StoreException {
        try {
            watch.before();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException("watching failed", e);
        }
        inner.scrub();
    }

    @Override
    public void close() throws StoreException {
        inner.close();
    }
}
