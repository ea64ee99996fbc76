package io.gatehouse.codes.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.codes.contract.StepRegisterContract;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStepRegisterTest extends StepRegisterContract {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path folder;

    private @Nullable Store store;

    @Override
    protected JdbcStepRegister open() throws StoreException {
        close();
        Store opened = Stores.open(folder.resolve("gate.db"));
        store = opened;
        return JdbcStepRegister.create(opened);
    }

    @AfterEach
    void close() throws StoreException {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void forgetsOnlyPassesThatAreDead() throws StoreException {
        JdbcStepRegister register = open();
        register.take("one", NOON, NOON.plusSeconds(60));
        register.take("two", NOON, NOON.plusSeconds(61));
        assertThat(register.purgeBefore(NOON.plusSeconds(60))).isZero();
        assertThat(register.purgeBefore(NOON.plusSeconds(61))).isOne();
        assertThat(register.take("two", NOON, NOON.plusSeconds(61))).isFalse();
    }

    @Test
    void refusesNamesThatAreNone() throws StoreException {
        JdbcStepRegister register = open();
        for (String name : new String[] {"", "x".repeat(129)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> register.take(name, NOON, NOON));
        }
    }
}
