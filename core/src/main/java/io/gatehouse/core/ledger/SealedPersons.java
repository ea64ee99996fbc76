package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntrySealer.Sealed;
import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table that leads from a pseudonym to the person, sealed. */
final class SealedPersons {
    private SealedPersons() {}

    static void insert(Connection connection, List<SealedEntry> entries) throws SQLException {
        List<Sealed> persons = entries.stream()
                .map(SealedEntry::sealed)
                .filter(each -> each.sealedPerson().length > 0)
                .toList();
        if (persons.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ledger_person (pseudonym, sealed) VALUES (?, ?) ON CONFLICT (pseudonym) DO NOTHING")) {
            for (Sealed each : persons) {
                insert.setBytes(1, each.pseudonym().orElseThrow());
                insert.setBytes(2, each.sealedPerson());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The person of a pseudonym, sealed, if it is known here. */
    static Optional<byte[]> of(Connection connection, byte[] pseudonym) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT sealed FROM ledger_person WHERE pseudonym = ?")) {
            select.setBytes(1, pseudonym);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    /**
     * A row of an entry that need not be here, with the person as far as the pseudonym is known here.
     *
     * @throws LedgerException if these are no entry's bytes
     */
    static Row row(Store store, long position, byte[] content) throws IOException {
        Optional<byte[]> pseudonym = EntryCodec.decode(content).pseudonym();
        Optional<byte[]> person = Optional.empty();
        if (pseudonym.isPresent()) {
            person = store.read(connection -> of(connection, pseudonym.get()));
        }
        return new Row(position, new byte[0], MerkleTree.leafHash(content), content, person.orElse(null));
    }
}
