package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A room with a table of its own, rows sealed by the vault and a file beside each, as a vendor's would be. */
final class TestRoom implements Keeper {
    private final String name;
    private final DataClass dataClass;
    private final String event;
    private final Store store;
    private final Vault vault;
    private final Path files;

    private TestRoom(String name, DataClass dataClass, String event, Store store, Vault vault, Path files) {
        this.name = name;
        this.dataClass = dataClass;
        this.event = event;
        this.store = store;
        this.vault = vault;
        this.files = files;
    }

    static TestRoom create(String name, DataClass dataClass, String event, Store store, Vault vault, Path files)
            throws IOException {
        store.migrate(
                "test." + name,
                List.of("CREATE TABLE room_" + name + " (id TEXT NOT NULL PRIMARY KEY, owner TEXT,"
                        + " started_millis INTEGER NOT NULL, place TEXT, kind TEXT, sealed BLOB);\n"
                        + "CREATE INDEX room_" + name + "_started ON room_" + name + " (started_millis, id);\n"
                        + "CREATE INDEX room_" + name + "_owner ON room_" + name + " (owner);\n"));
        Files.createDirectories(files);
        return new TestRoom(name, dataClass, event, store, vault, files);
    }

    void keep(KeptItem item) throws IOException {
        byte[] clear = ("content of " + item.id()).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = item.owner().isPresent() ? vault.seal(item.owner().get(), dataClass, clear) : clear;
        Files.write(file(item), sealed);
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO room_" + name
                    + " (id, owner, started_millis, place, kind, sealed)" + " VALUES (?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, item.id());
                insert.setString(2, item.owner().map(PersonId::value).orElse(null));
                insert.setLong(3, item.startedAt().toEpochMilli());
                insert.setString(4, item.place().orElse(null));
                insert.setString(5, item.kind().map(PersonKind::name).orElse(null));
                insert.setBytes(6, sealed);
                return insert.executeUpdate();
            }
        });
    }

    Path file(KeptItem item) {
        return files.resolve(name + "-" + item.id());
    }

    /** As what it was sealed, read again; empty if it is gone or can be opened no more. */
    Optional<String> open(KeptItem item) throws IOException {
        Optional<byte[]> sealed = sealedSample(item);
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> clear =
                item.owner().isPresent() ? vault.open(item.owner().get(), dataClass, sealed.get()) : sealed;
        return clear.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    List<KeptItem> all() throws IOException {
        return startedBy(Instant.parse("9999-01-01T00:00:00Z"), Optional.empty(), 10_000);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DataClass dataClass() {
        return dataClass;
    }

    @Override
    public String startsWith() {
        return event;
    }

    @Override
    public List<KeptItem> startedBy(Instant until, Optional<KeptItem> after, int limit) throws IOException {
        long from = after.map(item -> item.startedAt().toEpochMilli()).orElse(Long.MIN_VALUE);
        return items(
                "WHERE started_millis <= ? AND (started_millis, id) > (?, ?) ORDER BY started_millis, id LIMIT "
                        + limit,
                until.toEpochMilli(),
                from,
                after.map(KeptItem::id).orElse(""));
    }

    @Override
    public void delete(List<KeptItem> items) throws IOException {
        for (KeptItem each : items) {
            Files.deleteIfExists(file(each));
        }
        store.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM room_" + name + " WHERE id = ?")) {
                for (KeptItem each : items) {
                    delete.setString(1, each.id());
                    delete.addBatch();
                }
                return delete.executeBatch().length;
            }
        });
    }

    @Override
    public boolean keeps(KeptItem item) throws IOException {
        return !items("WHERE id = ?", item.id()).isEmpty();
    }

    @Override
    public boolean keepsAnyOf(PersonId owner) throws IOException {
        return !items("WHERE owner = ? LIMIT 1", owner.value()).isEmpty();
    }

    @Override
    public List<KeptItem> itemsOf(PersonId owner) throws IOException {
        return items("WHERE owner = ? ORDER BY started_millis, id", owner.value());
    }

    @Override
    public Optional<byte[]> sealedSample(KeptItem item) throws IOException {
        return store.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT sealed FROM room_" + name + " WHERE id = ?")) {
                select.setString(1, item.id());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.<byte[]>empty();
                }
            }
        });
    }

    private List<KeptItem> items(String where, Object... values) throws IOException {
        return store.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, owner, started_millis, place, kind FROM room_" + name + " " + where)) {
                for (int i = 0; i < values.length; i++) {
                    select.setObject(i + 1, values[i]);
                }
                return items(select);
            }
        });
    }

    private static List<KeptItem> items(PreparedStatement select) throws SQLException {
        List<KeptItem> items = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                items.add(new KeptItem(
                        row.getString(1),
                        Optional.ofNullable(row.getString(2)).map(PersonId::of),
                        Instant.ofEpochMilli(row.getLong(3)),
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)).map(PersonKind::valueOf)));
            }
        }
        return items;
    }
}
