package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Dialect;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The references of one purpose and model pack in the store, each sealed by the vault under its person's key. Purpose and
 * pack are sealed in with the vector, so that a row moved to another purpose is noticed. Thread-safe.
 *
 * <p>Rows name nobody: in the place of the person stands a pseudonym, a hash under the person's own key and for this
 * purpose, so that galleries cannot be held against each other; beside it the person, sealed. Once the key is shredded
 * both lead nowhere.
 */
final class ReferenceTable {
    private static final String ROOM = "biometrics.gallery";
    private static final List<String> SCRIPTS = List.of("""
            CREATE TABLE gallery_key (
                purpose TEXT NOT NULL PRIMARY KEY,
                sealed BLOB NOT NULL
            );
            CREATE TABLE gallery_reference (
                id TEXT NOT NULL PRIMARY KEY,
                purpose TEXT NOT NULL,
                person TEXT NOT NULL,
                pack TEXT NOT NULL,
                sealed BLOB NOT NULL,
                enrolled_at_millis BIGINT NOT NULL
            );
            CREATE INDEX gallery_reference_person ON gallery_reference (purpose, person);
            """, """
            -- From here on person is a pseudonym; where this is NULL it is in clear still.
            ALTER TABLE gallery_reference ADD COLUMN sealed_person BLOB;
            """, """
            CREATE TABLE gallery_trend (
                purpose TEXT NOT NULL,
                person TEXT NOT NULL,
                pack TEXT NOT NULL,
                sealed_person BLOB NOT NULL,
                sealed BLOB NOT NULL,
                PRIMARY KEY (purpose, person, pack)
            );
            """, """
            -- The same in all references of a person; NULL for no groups.
            ALTER TABLE gallery_reference ADD COLUMN sealed_groups BLOB;
            """, """
            CREATE INDEX gallery_reference_pack ON gallery_reference (purpose, pack);
            CREATE INDEX gallery_reference_in_clear ON gallery_reference (id) WHERE sealed_person IS NULL;
            """, """
            -- Keys are numbered, and which one a reference is under; the sealed bytes say so too.
            ALTER TABLE gallery_key ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
            CREATE TABLE gallery_next_key (
                purpose TEXT NOT NULL PRIMARY KEY,
                sealed BLOB NOT NULL
            );
            ALTER TABLE gallery_reference ADD COLUMN key_generation BIGINT NOT NULL DEFAULT 0;
            """, """
            CREATE TABLE gallery_import (
                purpose TEXT NOT NULL,
                id TEXT NOT NULL,
                expires_at_millis BIGINT NOT NULL,
                taken_at_millis BIGINT NOT NULL,
                PRIMARY KEY (purpose, id)
            );
            """);

    private final Store store;
    private final Vault vault;
    private final Purpose purpose;
    private final String packId;
    private final ReferenceCodec codec;
    private final GroupCodec groupCodec;

    ReferenceTable(Store store, Vault vault, Purpose purpose, String packId, ReferenceCodec codec) {
        this.store = store;
        this.vault = vault;
        this.purpose = purpose;
        this.packId = packId;
        this.codec = codec;
        this.groupCodec = new GroupCodec(purpose);
    }

    /** Brings the tables up to date, before one is made. */
    static void migrate(Store store, Vault vault) throws IOException {
        store.migrate(ROOM, SCRIPTS);
        new OldReferences(store, vault).close();
    }

    /** The same table, of references under the newest of these keys. */
    ReferenceTable under(RotationKey.Pair keys, int dimension) {
        return new ReferenceTable(store, vault, purpose, packId, ReferenceCodec.of(purpose, packId, dimension, keys));
    }

    /**
     * Keeps a reference.
     *
     * @param groups      which groups the person is in from now on, with all references
     * @param isReplacing whether the person's other references and their trend go in the same step
     */
    void insert(UUID id, PersonId person, float[] vector, Set<String> groups, Instant at, boolean isReplacing)
            throws IOException {
        byte[] clear = codec.encoded(vector);
        vault.together(() -> {
            Owner owner = Owner.of(vault, person, purpose.value());
            byte[] sealed = vault.seal(person, DataClass.FACE_TEMPLATE, clear);
            return insert(id, owner, sealed, sealedGroups(person, groups), at, isReplacing);
        });
    }

    private byte @Nullable [] sealedGroups(PersonId person, Set<String> groups) throws IOException {
        return groups.isEmpty() ? null : vault.seal(person, DataClass.FACE_TEMPLATE, groupCodec.encoded(groups));
    }

    private int insert(
            UUID id, Owner owner, byte[] sealed, byte @Nullable [] sealedGroups, Instant at, boolean isReplacing)
            throws StoreException {
        return store.write(connection -> {
            if (!RotationKey.isInForce(connection, purpose, codec.generation())) {
                throw new SQLException(
                        "another program renewed the key of the gallery for " + purpose + ": open the gallery again");
            }
            if (isReplacing) {
                deleteAll(connection, owner.pseudonym());
            } else {
                assign(connection, owner.pseudonym(), sealedGroups);
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO gallery_reference"
                    + " (id, purpose, person, sealed_person, pack, sealed, enrolled_at_millis, sealed_groups,"
                    + " key_generation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, id.toString());
                insert.setString(2, purpose.value());
                insert.setString(3, owner.pseudonym());
                insert.setBytes(4, owner.sealed());
                insert.setString(5, packId);
                insert.setBytes(6, sealed);
                insert.setLong(7, at.toEpochMilli());
                insert.setBytes(8, sealedGroups);
                insert.setLong(9, codec.generation());
                return insert.executeUpdate();
            }
        });
    }

    /**
     * Puts a person into these groups and no others, with all their references of this purpose, whichever pack made them.
     *
     * @return how many references that were; none if the person was shredded
     */
    int assign(PersonId person, Set<String> groups) throws IOException {
        return vault.together(() -> {
            Optional<String> pseudonym = pseudonym(person);
            if (pseudonym.isEmpty()) {
                return 0;
            }
            byte[] sealed = sealedGroups(person, groups);
            return store.write(connection -> assign(connection, pseudonym.get(), sealed));
        });
    }

    private int assign(Connection connection, String pseudonym, byte @Nullable [] sealedGroups) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE gallery_reference SET sealed_groups = ? WHERE purpose = ? AND person = ?")) {
            update.setBytes(1, sealedGroups);
            update.setString(2, purpose.value());
            update.setString(3, pseudonym);
            return update.executeUpdate();
        }
    }

    private Optional<String> pseudonym(PersonId person) throws IOException {
        return vault.knownHash(person, DataClass.FACE_TEMPLATE, Owner.message(purpose.value()))
                .map(HexFormat.of()::formatHex);
    }

    /**
     * Deletes a person's rows of this purpose, whichever pack made them. If they were shredded nothing tells which rows
     * were theirs: then all that are dead go.
     *
     * @return how many there were that could be told to be theirs
     */
    int delete(PersonId person) throws IOException {
        Optional<String> pseudonym = pseudonym(person);
        if (pseudonym.isEmpty()) {
            load((owner, vector, groups, at) -> {}, new LoadProgress((loaded, total) -> {}, 0));
            return 0;
        }
        return store.write(connection -> deleteAll(connection, pseudonym.get()));
    }

    /** Deletes a person's references and trends; answers how many references there were. */
    private int deleteAll(Connection connection, String pseudonym) throws SQLException {
        int references = 0;
        for (String table : List.of("gallery_trend", "gallery_reference")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE purpose = ? AND person = ?")) {
                delete.setString(1, purpose.value());
                delete.setString(2, pseudonym);
                references = delete.executeUpdate();
            }
        }
        return references;
    }

    /** Deletes all rows of this purpose and pack, and what was left of them in the database's files. */
    int deletePack() throws StoreException {
        int references = store.write(connection -> {
            int rows = 0;
            for (String table : List.of("gallery_trend", "gallery_reference")) {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE purpose = ? AND pack = ?")) {
                    delete.setString(1, purpose.value());
                    delete.setString(2, packId);
                    rows = delete.executeUpdate();
                }
            }
            return rows;
        });
        store.scrub();
        return references;
    }

    /**
     * Takes what was deleted out of the database's files where one program has them alone. Not on PostgreSQL, where it would
     * write the whole table anew for each person.
     */
    void scrubFiles() throws StoreException {
        if (store.dialect() == Dialect.SQLITE) {
            store.scrub();
        }
    }

    /** The packs that made references of this purpose, and how many each. */
    Map<String, Integer> packs() throws StoreException {
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT pack, count(*) FROM gallery_reference WHERE purpose = ? GROUP BY pack ORDER BY pack")) {
                query.setString(1, purpose.value());
                Map<String, Integer> packs = new TreeMap<>();
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    packs.put(result.getString(1), result.getInt(2));
                }
                return packs;
            }
        });
    }

    /**
     * Hands every reference to {@code sink}. Rows whose key was shredded are dead and are deleted, each by itself: the
     * person may have enrolled anew under another key since.
     *
     * @throws IOException if a row was altered or belongs elsewhere, or rows are hidden by damage
     */
    void load(ReferenceLoader.Sink sink, LoadProgress progress) throws IOException {
        for (String dead : new ReferenceLoader(store, vault, purpose, packId, codec, groupCodec).load(sink, progress)) {
            deleteRow(dead);
        }
    }

    private void deleteRow(String id) throws StoreException {
        store.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM gallery_reference WHERE id = ?")) {
                delete.setString(1, id);
                return delete.executeUpdate();
            }
        });
    }
}
