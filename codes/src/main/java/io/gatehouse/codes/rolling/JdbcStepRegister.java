package io.gatehouse.codes.rolling;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;

/** Last steps in a database: of any number of gates that share the store exactly one takes a step. Thread-safe. */
public final class JdbcStepRegister implements StepRegister {
    private static final String ROOM = "codes.rolling";
    private static final int MAX_NAME = 128;
    private static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE rolling_step (
                pass TEXT PRIMARY KEY,
                step_start_seconds BIGINT NOT NULL,
                keep_until_seconds BIGINT NOT NULL
            );
            CREATE INDEX rolling_step_end ON rolling_step (keep_until_seconds);
            """);

    private static final String TAKE = """
            INSERT INTO rolling_step (pass, step_start_seconds, keep_until_seconds) VALUES (?, ?, ?)
            ON CONFLICT (pass) DO UPDATE SET
                step_start_seconds = excluded.step_start_seconds,
                keep_until_seconds = excluded.keep_until_seconds
            WHERE rolling_step.step_start_seconds < excluded.step_start_seconds""";
    private static final String PURGE = "DELETE FROM rolling_step WHERE keep_until_seconds < ?";

    private final Store store;

    private JdbcStepRegister(Store store) {
        this.store = store;
    }

    /**
     * Last steps kept in this store, whose tables are brought up to date.
     *
     * @throws StoreException if the tables cannot be made
     */
    public static JdbcStepRegister create(Store store) throws StoreException {
        store.migrate(ROOM, MIGRATIONS);
        return new JdbcStepRegister(store);
    }

    @Override
    public boolean take(String pass, Instant stepStart, Instant keepUntil) throws StoreException {
        if (pass.isEmpty() || pass.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a pass is named by 1 to " + MAX_NAME + " characters, not " + pass.length());
        }
        return store.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                statement.setString(1, pass);
                statement.setLong(2, stepStart.getEpochSecond());
                statement.setLong(3, keepUntil.getEpochSecond());
                return statement.executeUpdate() == 1;
            }
        });
    }

    /**
     * Forgets passes that were dead before this moment; give it a margin for clocks that differ.
     *
     * @return how many
     */
    public int purgeBefore(Instant moment) throws StoreException {
        return store.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PURGE)) {
                statement.setLong(1, moment.getEpochSecond());
                return statement.executeUpdate();
            }
        });
    }
}
