package io.gatehouse.core.presence;

import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens the entries that tell names. Thread-safe, as far as the ledger is. */
final class Names {
    private final Ledger ledger;

    Names(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The entries that tell who somebody is.
     *
     * @param asks what people go by, and an entry of each
     */
    Map<String, LedgerEntry> open(Map<String, Long> asks) throws IOException {
        Map<String, LedgerEntry> answers = new HashMap<>();
        for (Map.Entry<String, Long> each : asks.entrySet()) {
            answers.put(each.getKey(), open(each.getValue()));
        }
        return answers;
    }

    LedgerEntry open(long index) throws IOException {
        List<LedgerEntry> entries = ledger.entries(index, 1);
        if (entries.isEmpty()) {
            throw new LedgerException("what presence has seen is not of this ledger: entry " + index + " is gone");
        }
        return entries.get(0);
    }
}
