package io.gatehouse.devices.document;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a reader of resident cards found when it was asked. Sealed, immutable, thread-safe. */
public sealed interface DocumentReading {
    <T> T fold(
            Function<? super Read, ? extends T> read,
            Supplier<? extends T> nothing,
            Function<? super Unreadable, ? extends T> unreadable);

    /** A card. */
    record Read(ResidentCard card) implements DocumentReading {
        public Read {
            Objects.requireNonNull(card, "card");
        }

        @Override
        public <T> T fold(
                Function<? super Read, ? extends T> read,
                Supplier<? extends T> nothing,
                Function<? super Unreadable, ? extends T> unreadable) {
            return read.apply(this);
        }
    }

    /** No card lies on the reader. */
    record Nothing() implements DocumentReading {
        @Override
        public <T> T fold(
                Function<? super Read, ? extends T> read,
                Supplier<? extends T> nothing,
                Function<? super Unreadable, ? extends T> unreadable) {
            return nothing.get();
        }
    }

    /**
     * A card that cannot be read, or a reader that does not answer as it should.
     *
     * @param reason {@code document.card} (lay it on again), {@code document.status} (the reader said no, with its status),
     *               {@code document.no-answer} or {@code document.garbled}
     */
    record Unreadable(Reason reason) implements DocumentReading {
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Read, ? extends T> read,
                Supplier<? extends T> nothing,
                Function<? super Unreadable, ? extends T> unreadable) {
            return unreadable.apply(this);
        }
    }
}
