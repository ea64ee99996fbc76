package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
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

    private record Row(String pseudonym, byte[] sealedPerson, byte[] sealed) {}

    void load() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Row row : rows()) {
            Optional<PersonId> person =
                    vault.openPerson(DataClass.FACE_TEMPLATE, Owner.context(row.pseudonym), row.sealedPerson);
            Optional<byte[]> clear =
                    person.isEmpty() ? Optional.empty() : vault.open(person.get(), DataClass.FACE_TEMPLATE, row.sealed);
            if (clear.isPresent()) {
                trends.put(person.get(), Trend.decoded(clear.get()));
            } else {
                dead.add(row.pseudonym);
            }
        }
        for (String pseudonym : dead) {
            delete(pseudonym);
        }
    }

    private List<Row> rows() throws StoreException {
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT person, sealed_person, sealed FROM gallery_trend WHERE purpose = ? AND pack = ?")) {
                query.setString(1, purpose.value());
                query.setString(2, packId);
                List<Row> rows = new ArrayList<>();
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    rows.add(new Row(result.getString(1), result.getBytes(2), result.getBytes(3)));
                }
                return rows;
            }
        });
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
