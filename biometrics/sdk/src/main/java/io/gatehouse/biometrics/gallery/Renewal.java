package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Claim;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.core.vault.Vault.OpenedRow;
import io.gatehouse.core.vault.Vault.SealedRow;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the references of a purpose, whichever pack made them, from one key under the next. The next key is durable first,
 * then slice by slice is rewritten, and only when nothing is under the old key any more is that destroyed: so whatever
 * was done when it is cut off, each reference is under one of two keys that are there, and the next start goes on.
 */
record Renewal(Store store, Vault vault, Purpose purpose, SecureRandom random) {
    private static final Logger LOG = System.getLogger(Gallery.class.getName());
    private static final int SLICE = 500;
    private static final String ONE_AT_A_TIME = "biometrics.gallery renewal";

    private record Row(String id, String pack, SealedRow sealed) {}

    /** Empty for a row whose key was shredded. */
    private record Turned(String id, Optional<byte[]> sealed) {}

    /** What is done with the old key and the next. */
    interface Work {
        void run(RotationKey.Pair keys) throws IOException;
    }

    /** Makes a next key durable, if there is none, and works with it while no other program renews one. */
    void run(Work work) throws IOException {
        try (Claim claim = store.claim(ONE_AT_A_TIME).orElseThrow(this::isRenewedByOthers);
                RotationKey.Pair keys = RotationKey.begin(store, vault, purpose, random)) {
            work.run(keys);
            if (!claim.isHeld()) {
                throw isRenewedByOthers();
            }
        }
    }

    private StoreException isRenewedByOthers() {
        return new StoreException(
                "another program renews the key of a gallery in this database, that of the gallery for " + purpose
                        + " or another: try again later");
    }

    /** Completes what a program began that died meanwhile; what one is at that lives is left to it. */
    void resume() throws IOException {
        try (RotationKey.Pair keys = RotationKey.open(store, vault, purpose, random)) {
            Optional<Claim> claim = keys.next().isPresent() ? store.claim(ONE_AT_A_TIME) : Optional.empty();
            if (claim.isPresent()) {
                try (Claim held = claim.get()) {
                    LOG.log(Level.INFO, "the gallery for {0}: completes the renewal of its key ({1})", purpose, held);
                    rewrite(keys);
                    finish(keys);
                }
            }
        }
    }

    /** Puts everything under the newest key. */
    void rewrite(RotationKey.Pair keys) throws IOException {
        Map<String, ReferenceCodec> codecs = new HashMap<>();
        String last = "";
        while (true) {
            String from = last;
            List<Row> rows = store.read(
                    connection -> slice(connection, from, keys.newest().generation()));
            if (rows.isEmpty()) {
                return;
            }
            write(turned(rows, keys, codecs), keys.newest().generation());
            last = rows.get(rows.size() - 1).id;
        }
    }

    /** Destroys the old key, also in the database's files. */
    void finish(RotationKey.Pair keys) throws IOException {
        while (!RotationKey.finish(store, purpose, keys.newest().generation())) {
            // Another program kept something meanwhile.
            rewrite(keys);
        }
        store.scrub();
    }

    private List<Row> slice(Connection connection, String from, long generation) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id, pack, person, sealed_person, sealed FROM"
                + " gallery_reference WHERE purpose = ? AND key_generation < ? AND id > ? ORDER BY id LIMIT "
                + SLICE)) {
            query.setString(1, purpose.value());
            query.setLong(2, generation);
            query.setString(3, from);
            List<Row> rows = new ArrayList<>();
            ResultSet result = query.executeQuery();
            while (result.next()) {
                SealedRow sealed = new SealedRow(
                        Owner.context(result.getString(3)), result.getBytes(4), List.of(result.getBytes(5)));
                rows.add(new Row(result.getString(1), result.getString(2), sealed));
            }
            return rows;
        }
    }

    private List<Turned> turned(List<Row> rows, RotationKey.Pair keys, Map<String, ReferenceCodec> codecs)
            throws IOException {
        return vault.together(() -> {
            List<Optional<OpenedRow>> opened = vault.openRows(
                    DataClass.FACE_TEMPLATE, rows.stream().map(Row::sealed).toList());
            List<Turned> turned = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                Optional<OpenedRow> clear = opened.get(i);
                turned.add(new Turned(
                        row.id,
                        clear.isEmpty() ? Optional.empty() : Optional.of(turned(row, clear.get(), keys, codecs))));
            }
            return turned;
        });
    }

    private byte[] turned(Row row, OpenedRow opened, RotationKey.Pair keys, Map<String, ReferenceCodec> codecs)
            throws IOException {
        byte[] clear = opened.data().get(0);
        ReferenceCodec codec = codecs.computeIfAbsent(
                row.pack,
                pack -> ReferenceCodec.of(purpose, pack, ReferenceCodec.dimension(clear, purpose, pack), keys));
        float[] vector = codec.decoded(clear, row.id);
        byte[] encoded = codec.encoded(vector);
        try {
            return vault.seal(opened.person(), DataClass.FACE_TEMPLATE, encoded);
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(vector, 0);
        }
    }

    private void write(List<Turned> rows, long generation) throws StoreException {
        store.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                            "UPDATE gallery_reference SET sealed = ?, key_generation = ? WHERE id = ?");
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM gallery_reference WHERE id = ?")) {
                for (Turned row : rows) {
                    if (row.sealed.isPresent()) {
                        update.setBytes(1, row.sealed.get());
                        update.setLong(2, generation);
                        update.setString(3, row.id);
                        update.executeUpdate();
                    } else {
                        delete.setString(1, row.id);
                        delete.executeUpdate();
                    }
                }
                return rows.size();
            }
        });
    }
}
