package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.core.vault.Vault.OpenedRow;
import io.gatehouse.core.vault.Vault.SealedRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The trends of one purpose and pack: in memory, where a search adds to them, and in the store, sealed as references are
 * and under the same pseudonyms. They are written when they are saved, not at each probe: what a crash loses is a few
 * probes of a trend of many. Adding is thread-safe; the rest is under the gallery's lock.
 */
final class Trends {
    private static final int BATCH = 4_096;

    private final Store store;
    private final Vault vault;
    private final Purpose purpose;
    private final String packId;
    private final TemplateAging aging;
    private final Map<PersonId, Trend> trends = new ConcurrentHashMap<>();
    private final Set<PersonId> unsaved = ConcurrentHashMap.newKeySet();

    Trends(Store store, Vault vault, Purpose purpose, String packId, TemplateAging aging) {
        this.store = store;
        this.vault = vault;
        this.purpose = purpose;
        this.packId = packId;
        this.aging = aging;
    }

    private record Row(String pseudonym, SealedRow sealed) {}

    void load() throws IOException {
        List<String> dead = Collections.synchronizedList(new ArrayList<>());
        try (Batches<Row> batches =
                new Batches<>("load the trends of the gallery for " + purpose, BATCH, rows -> open(rows, dead))) {
            store.read(connection -> read(connection, batches));
            batches.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (String pseudonym : dead) {
            delete(pseudonym);
        }
    }

    private int read(Connection connection, Batches<Row> batches) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT person, sealed_person, sealed FROM gallery_trend WHERE purpose = ? AND pack = ?")) {
            query.setFetchSize(BATCH);
            query.setString(1, purpose.value());
            query.setString(2, packId);
            ResultSet result = query.executeQuery();
            int rows = 0;
            for (; result.next(); rows++) {
                String pseudonym = result.getString(1);
                batches.add(new Row(
                        pseudonym,
                        new SealedRow(Owner.context(pseudonym), result.getBytes(2), List.of(result.getBytes(3)))));
            }
            return rows;
        }
    }

    private void open(List<Row> rows, List<String> dead) throws IOException {
        List<Optional<OpenedRow>> opened = vault.openRows(
                DataClass.FACE_TEMPLATE, rows.stream().map(Row::sealed).toList());
        for (int i = 0; i < rows.size(); i++) {
            if (opened.get(i).isPresent()) {
                OpenedRow clear = opened.get(i).get();
                trends.put(clear.person(), Trend.decoded(clear.data().get(0)));
            } else {
                dead.add(rows.get(i).pseudonym);
            }
        }
    }

    /** An accepted probe lay so far from the person's nearest reference. */
    void add(PersonId person, double distance) {
        trends.merge(person, Trend.NONE.with(distance, aging), (trend, first) -> trend.with(distance, aging));
        unsaved.add(person);
    }

    boolean hasRisen(PersonId person) {
        return trends.getOrDefault(person, Trend.NONE).hasRisen(aging);
    }

    /** Forgets a person in memory; their rows go with the references'. */
    void remove(PersonId person) {
        trends.remove(person);
        unsaved.remove(person);
    }

    /** Writes what changed, and says of how many people. */
    int save() throws IOException {
        int saved = 0;
        for (PersonId person : List.copyOf(unsaved)) {
            unsaved.remove(person);
            Trend trend = trends.get(person);
            if (trend != null) {
                save(person, trend);
                saved++;
            }
        }
        return saved;
    }

    private void save(PersonId person, Trend trend) throws IOException {
        try {
            byte[] clear = trend.encoded();
            vault.together(() -> {
                Owner owner = Owner.of(vault, person, purpose.value());
                return replace(owner, vault.seal(person, DataClass.FACE_TEMPLATE, clear));
            });
        } catch (ShreddedException shredded) {
            // Their template is gone, and so is what this says of it.
            remove(person);
        } catch (IOException e) {
            unsaved.add(person);
            throw e;
        }
    }

    private int replace(Owner owner, byte[] sealed) throws StoreException {
        return store.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                            "DELETE FROM gallery_trend WHERE purpose = ? AND person = ? AND pack = ?");
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO gallery_trend (purpose, person, pack, sealed_person, sealed)"
                                    + " VALUES (?, ?, ?, ?, ?)")) {
                delete.setString(1, purpose.value());
                delete.setString(2, owner.pseudonym());
                delete.setString(3, packId);
                delete.executeUpdate();
                insert.setString(1, purpose.value());
                insert.setString(2, owner.pseudonym());
                insert.setString(3, packId);
                insert.setBytes(4, owner.sealed());
                insert.setBytes(5, sealed);
                return insert.executeUpdate();
            }
        });
    }

    private void delete(String pseudonym) throws StoreException {
        store.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM gallery_trend WHERE purpose = ? AND person = ?")) {
                delete.setString(1, purpose.value());
                delete.setString(2, pseudonym);
                return delete.executeUpdate();
            }
        });
    }
}
