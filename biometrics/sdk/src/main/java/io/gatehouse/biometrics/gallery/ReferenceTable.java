package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.protect.TemplateProtector;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The references of one purpose and model pack in the store, each sealed by the vault under its person's key. Purpose and
 * pack are sealed in with the vector, so that a row moved to another purpose is noticed. Thread-safe.
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
            """);
    private static final byte FORM = 1;

    private final Store store;
    private final Vault vault;
    private final Purpose purpose;
    private final String packId;
    private final int dimension;

    ReferenceTable(Store store, Vault vault, Purpose purpose, String packId, int dimension) throws StoreException {
        this.store = store;
        this.vault = vault;
        this.purpose = purpose;
        this.packId = packId;
        this.dimension = dimension;
        store.migrate(ROOM, SCRIPTS);
    }

    /** The key of this purpose's rotation, made on first use. */
    byte[] protectionKey(SecureRandom random) throws IOException {
        String secret = "gallery-rotation-" + purpose;
        Optional<byte[]> sealed = store.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT sealed FROM gallery_key WHERE purpose = ?")) {
                query.setString(1, purpose.value());
                ResultSet row = query.executeQuery();
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        });
        if (sealed.isPresent()) {
            return vault.openSecret(secret, sealed.get());
        }
        byte[] key = TemplateProtector.newKey(random);
        byte[] toKeep = vault.sealSecret(secret, key);
        store.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO gallery_key (purpose, sealed) VALUES (?, ?)")) {
                insert.setString(1, purpose.value());
                insert.setBytes(2, toKeep);
                return insert.executeUpdate();
            }
        });
        return key;
    }

    void insert(UUID id, PersonId person, float[] vector, Instant at) throws IOException {
        byte[] sealed = vault.seal(person, DataClass.FACE_TEMPLATE, encoded(vector));
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO gallery_reference"
                    + " (id, purpose, person, pack, sealed, enrolled_at_millis) VALUES (?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, id.toString());
                insert.setString(2, purpose.value());
                insert.setString(3, person.value());
                insert.setString(4, packId);
                insert.setBytes(5, sealed);
                insert.setLong(6, at.toEpochMilli());
                return insert.executeUpdate();
            }
        });
    }

    /** Deletes a person's rows of this purpose, whichever pack made them; how many there were. */
    int delete(PersonId person) throws StoreException {
        return store.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM gallery_reference WHERE purpose = ? AND person = ?")) {
                delete.setString(1, purpose.value());
                delete.setString(2, person.value());
                return delete.executeUpdate();
            }
        });
    }

    /**
     * Hands every reference to {@code sink}. Rows whose key was shredded are dead and are deleted, each by itself: the
     * person may have enrolled anew under another key since.
     *
     * @throws IOException if a row was altered or belongs elsewhere
     */
    void load(Sink sink) throws IOException {
        for (Row row : rows()) {
            Optional<byte[]> clear = vault.open(row.person, DataClass.FACE_TEMPLATE, row.sealed);
            if (clear.isPresent()) {
                sink.accept(row.person, decoded(clear.get(), row.person));
            } else {
                deleteRow(row.id);
            }
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

    private List<Row> rows() throws StoreException {
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT id, person, sealed FROM gallery_reference WHERE purpose = ? AND pack = ? ORDER BY id")) {
                query.setString(1, purpose.value());
                query.setString(2, packId);
                List<Row> rows = new ArrayList<>();
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    rows.add(new Row(result.getString(1), PersonId.of(result.getString(2)), result.getBytes(3)));
                }
                return rows;
            }
        });
    }

    private byte[] encoded(float[] vector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORM);
        out.writeUTF(purpose.value());
        out.writeUTF(packId);
        out.writeInt(vector.length);
        for (float value : vector) {
            out.writeFloat(value);
        }
        return bytes.toByteArray();
    }

    private float[] decoded(byte[] clear, PersonId person) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(clear));
        if (in.readByte() != FORM
                || !in.readUTF().equals(purpose.value())
                || !in.readUTF().equals(packId)
                || in.readInt() != dimension) {
            throw new StoreException("a reference of " + person + " in the gallery for " + purpose
                    + " was sealed for another purpose or model pack: restore the database from a backup");
        }
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = in.readFloat();
        }
        return vector;
    }

    /** Takes what was loaded. */
    interface Sink {
        void accept(PersonId person, float[] vector);
    }

    private record Row(String id, PersonId person, byte[] sealed) {}
}
