package io.gatehouse.core.keep;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: a room that keeps data of one class, for whoever destroys what is over. Implementations are thread-safe, and find
 * items by an index on when their time began.
 */
public interface Keeper {
    /** The same in every run, lower-case words joined by {@code -}. */
    String name();

    /** Which data. */
    DataClass dataClass();

    /** With which event the time of its items begins, such as {@code recorded} or {@code left}. */
    String startsWith();

    /**
     * The next items whose time began by then, in their order.
     *
     * @param until their time began then or before
     * @param after those that come after this one; from the first on if empty
     * @param limit at most so many, 1 to 10,000
     */
    List<KeptItem> startedBy(Instant until, Optional<KeptItem> after, int limit) throws IOException;

    /**
     * Destroys items, rows and files, for good when it returns. One that is gone already is passed over, so that this can
     * be repeated after a crash.
     */
    void delete(List<KeptItem> items) throws IOException;

    /** Whether this item is there still. */
    boolean keeps(KeptItem item) throws IOException;

    /** Whether anything of this person is left here. */
    boolean keepsAnyOf(PersonId owner) throws IOException;

    /** All that is kept of a person, in its order. */
    List<KeptItem> itemsOf(PersonId owner) throws IOException;

    /** Bytes of the item as the vault sealed them for its owner, to show later that they open no more; empty if none. */
    default Optional<byte[]> sealedSample(KeptItem item) throws IOException {
        return Optional.empty();
    }
}
