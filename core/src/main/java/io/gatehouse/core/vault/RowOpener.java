package io.gatehouse.core.vault;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.Vault.OpenedRow;
import io.gatehouse.core.vault.Vault.SealedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Opens rows with keys that were read for them at once and go with this. For one thread. */
final class RowOpener {
    private final DataKeys keys;
    private final DataClass dataClass;
    private final Map<Long, DataKey> read;

    private RowOpener(DataKeys keys, DataClass dataClass, Map<Long, DataKey> read) {
        this.keys = keys;
        this.dataClass = dataClass;
        this.read = read;
    }

    static RowOpener of(DataKeys keys, DataClass dataClass, List<SealedRow> rows) throws IOException {
        LongStream.Builder ids = LongStream.builder();
        for (SealedRow row : rows) {
            Stream.concat(Stream.of(row.person()), row.data().stream())
                    .filter(DataKey::isSealed)
                    .mapToLong(DataKey::idNumber)
                    .forEach(ids);
        }
        return new RowOpener(keys, dataClass, keys.allOf(ids.build().distinct().toArray()));
    }

    Optional<OpenedRow> open(SealedRow row) throws IOException {
        Optional<DataKey> key = keyOf(row.person());
        if (key.isEmpty()) {
            return Optional.empty();
        }
        PersonId person = Bound.openPerson(keys.root(), key.get(), dataClass, row.context(), row.person());
        List<byte[]> data = new ArrayList<>(row.data().size());
        for (byte[] sealed : row.data()) {
            Optional<DataKey> its = keyOf(sealed);
            if (its.isEmpty()) {
                return Optional.empty();
            }
            data.add(Bound.openData(its.get(), person, dataClass, sealed));
        }
        return Optional.of(new OpenedRow(person, data));
    }

    /** What was not among those read is asked for by itself, which tells whether it was shredded, lost or altered. */
    private Optional<DataKey> keyOf(byte[] sealed) throws IOException {
        DataKey key = DataKey.isSealed(sealed) ? read.get(DataKey.idNumber(sealed)) : null;
        return key == null ? keys.thatSealed(sealed) : Optional.of(key);
    }
}
