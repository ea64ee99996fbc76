package io.gatehouse.core.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds entries. Thread-safe. A person is found by their pseudonym, so that nothing is found after a shredding. */
public interface LedgerSearch {

    /**
     * A page of what a query finds.
     *
     * @param cursor the last page's {@link LedgerPage#next}; empty for the first page. Entries that are recorded in the
     *               meantime neither repeat nor hide others
     * @throws IllegalArgumentException if the cursor is not one of this query
     */
    LedgerPage search(LedgerQuery query, Optional<String> cursor) throws IOException;

    /** The first page of what a query finds. */
    default LedgerPage search(LedgerQuery query) throws IOException {
        return search(query, Optional.empty());
    }

    /**
     * Everything that a query finds, read page by page as the stream is, so that it takes the memory of one page and
     * holds nothing open in between.
     *
     * @throws UncheckedIOException from the stream, if reading fails
     */
    default Stream<LedgerEntry> stream(LedgerQuery query) {
        return Stream.iterate(
                        Optional.of(page(query, Optional.empty())),
                        Optional::isPresent,
                        last -> last.get().next().map(cursor -> page(query, Optional.of(cursor))))
                .flatMap(page -> page.orElseThrow().entries().stream());
    }

    private LedgerPage page(LedgerQuery query, Optional<String> cursor) {
        try {
            return search(query, cursor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
