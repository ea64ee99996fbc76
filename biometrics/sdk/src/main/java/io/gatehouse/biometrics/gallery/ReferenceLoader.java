package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.core.vault.Vault.OpenedRow;
import io.gatehouse.core.vault.Vault.SealedRow;
import io.gatehouse.core.vault.VaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads the references of one purpose and pack. The calling thread reads the table once, from one end to the other, and
 * all processors open what it read, a batch each: so a million are a matter of seconds, and only a few batches
 * are in memory beside what was loaded.
 *
 * <p>Rows are counted by the table's index and read without it. If a damaged page hides a row from one of them the numbers
 * differ, and nobody is missing from a gallery without it being said.
 */
final class ReferenceLoader {
    private static final int BATCH = 4_096;
    // "||": not by the index.
    private static final String ALL = "SELECT id, person, sealed_person, sealed, enrolled_at_millis, sealed_groups"
            + " FROM gallery_reference WHERE purpose || '' = ? AND pack || '' = ?";

    private final Store store;
    private final Vault vault;
    private final Purpose purpose;
    private final String packId;
    private final ReferenceCodec codec;
    private final GroupCodec groupCodec;

    ReferenceLoader(
            Store store, Vault vault, Purpose purpose, String packId, ReferenceCodec codec, GroupCodec groupCodec) {
        this.store = store;
        this.vault = vault;
        this.purpose = purpose;
        this.packId = packId;
        this.codec = codec;
        this.groupCodec = groupCodec;
    }

    /** Takes what was loaded, one call at a time. */
    interface Sink {
        /** @param vector overwritten when this returns */
        void accept(PersonId person, float[] vector, Set<String> groups, Instant at);
    }

    private record Row(String id, SealedRow sealed, Instant at) {}

    private record Loaded(PersonId person, float[] vector, Set<String> groups, Instant at) {}

    /**
     * Hands every reference to {@code sink}.
     *
     * @return the ids of rows that are dead, because their key was shredded
     * @throws IOException that names the row which was altered or belongs elsewhere, or says that rows are hidden
     */
    List<String> load(Sink sink, LoadProgress progress) throws IOException {
        List<String> dead = new ArrayList<>();
        try (Batches<Row> batches = new Batches<>("load the gallery for " + purpose, BATCH, rows -> {
            List<Loaded> opened = open(rows, dead);
            synchronized (dead) {
                for (Loaded each : opened) {
                    sink.accept(each.person, each.vector, each.groups, each.at);
                    Arrays.fill(each.vector, 0);
                }
            }
            progress.add(rows.size());
        })) {
            store.read(connection -> read(connection, batches));
            batches.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return dead;
    }

    private long read(Connection connection, Batches<Row> batches) throws SQLException {
        long counted = count(connection);
        long read = 0;
        try (PreparedStatement query = connection.prepareStatement(ALL)) {
            // Or PostgreSQL's driver holds all rows in memory at once.
            query.setFetchSize(BATCH);
            query.setString(1, purpose.value());
            query.setString(2, packId);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    batches.add(row(result));
                    read++;
                }
            }
        }
        if (read != counted) {
            throw new UncheckedIOException(new StoreException("the gallery for " + purpose + " has " + counted
                    + " references of the pack " + packId + " by the index of its table and " + read
                    + " in it: the database is damaged, restore the last backup"));
        }
        return read;
    }

    private static Row row(ResultSet result) throws SQLException {
        byte[] reference = result.getBytes(4);
        byte @Nullable [] groups = result.getBytes(6);
        SealedRow sealed = new SealedRow(
                Owner.context(result.getString(2)),
                result.getBytes(3),
                groups == null ? List.of(reference) : List.of(reference, groups));
        return new Row(result.getString(1), sealed, Instant.ofEpochMilli(result.getLong(5)));
    }

    private long count(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT count(*) FROM gallery_reference WHERE purpose = ? AND pack = ?")) {
            query.setString(1, purpose.value());
            query.setString(2, packId);
            try (ResultSet result = query.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    private List<Loaded> open(List<Row> rows, List<String> dead) throws IOException {
        List<Optional<OpenedRow>> opened = opened(rows);
        List<Loaded> loaded = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (opened.get(i).isPresent()) {
                loaded.add(loaded(row, opened.get(i).get()));
            } else {
                synchronized (dead) {
                    dead.add(row.id);
                }
            }
        }
        return loaded;
    }

    private Loaded loaded(Row row, OpenedRow clear) throws IOException {
        byte[] reference = clear.data().get(0);
        Set<String> groups =
                clear.data().size() > 1 ? groupCodec.decoded(clear.data().get(1), row.id) : Set.of();
        float[] vector = codec.decoded(reference, row.id);
        Arrays.fill(reference, (byte) 0);
        return new Loaded(clear.person(), vector, groups, row.at);
    }

    private List<Optional<OpenedRow>> opened(List<Row> rows) throws IOException {
        try {
            return vault.openRows(
                    DataClass.FACE_TEMPLATE, rows.stream().map(Row::sealed).toList());
        } catch (VaultException ofOne) {
            // Which one it was shows when each is tried by itself.
            for (Row row : rows) {
                try {
                    vault.openRows(DataClass.FACE_TEMPLATE, List.of(row.sealed));
                } catch (VaultException e) {
                    throw new StoreException(
                            "the reference " + row.id + " in the gallery for " + purpose + " cannot be opened, so the"
                                    + " gallery was not: " + e.getMessage(),
                            e);
                }
            }
            throw ofOne;
        }
    }
}
