package io.gatehouse.core.ledger;

import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for a future and throws what failed it as the waiting thread's own exception. */
final class Outcomes {
    private Outcomes() {}

    /** Waits on when interrupted, for the event is on its way to the disk; the interrupt stays set. */
    static <T> T await(CompletableFuture<T> durable) throws IOException {
        try {
            return durable.join();
        } catch (CompletionException e) {
            throw own(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Many wait for one commit: each gets an exception of its own, with the place it waited at. */
    private static IOException own(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof StoreException) {
            return new StoreException(message, failure);
        }
        if (failure instanceof IllegalArgumentException) {
            throw new IllegalArgumentException(message, failure);
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof IOException io ? io : new IOException(message, failure);
    }
}
