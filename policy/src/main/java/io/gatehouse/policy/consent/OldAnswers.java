package io.gatehouse.policy.consent;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.ShreddedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes the people of a database from before they were pseudonyms into the vault's keeping, slice by slice; what was done
 * stays done when it is cut off, and the next start goes on.
 */
final class OldAnswers {
    private static final int SLICE = 500;

    private OldAnswers() {}

    static void close(Store store, ConsentPeople people) throws IOException {
        List<ConsentRecord> records = inClear(store);
        if (records.isEmpty()) {
            return;
        }
        while (!records.isEmpty()) {
            close(store, people, records);
            records = inClear(store);
        }
        // What stood there in clear must not stay behind in the database's files.
        store.scrub();
    }

    private static List<ConsentRecord> inClear(Store store) throws IOException {
        return store.read(connection -> ConsentTables.inClear(connection, SLICE));
    }

    private static void close(Store store, ConsentPeople people, List<ConsentRecord> records) throws IOException {
        List<StoredAnswer> sealed = new ArrayList<>();
        List<UUID> shredded = new ArrayList<>();
        for (ConsentRecord record : records) {
            try {
                sealed.add(people.sealed(record));
            } catch (ShreddedException e) {
                // A backup brought back an answer of somebody who was shredded since.
                shredded.add(record.id());
            }
        }
        store.write(connection -> {
            for (StoredAnswer each : sealed) {
                ConsentTables.close(connection, each);
            }
            for (UUID each : shredded) {
                ConsentTables.delete(connection, each);
            }
            return sealed.size();
        });
    }
}
