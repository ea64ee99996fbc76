package io.gatehouse.core.ledger;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some of the entries that a query found. Immutable and thread-safe.
 *
 * @param entries in the query's order
 * @param next    an opaque text to get the entries after these with; empty if there are none
 */
public record LedgerPage(List<LedgerEntry> entries, Optional<String> next) {
    public LedgerPage {
        entries = List.copyOf(entries);
        Objects.requireNonNull(next, "next");
    }
}
