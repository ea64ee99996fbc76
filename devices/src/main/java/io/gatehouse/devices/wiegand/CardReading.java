package io.gatehouse.devices.wiegand;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/** What a reader makes of something it was sent. Sealed, immutable, thread-safe. */
public sealed interface CardReading {
    <T> T fold(
            Function<? super Read, ? extends T> read,
            Function<? super Key, ? extends T> key,
            Function<? super Unreadable, ? extends T> unreadable);

    /** A card of the reader's format. */
    record Read(CardEvidence evidence) implements CardReading {
        public Read {
            Objects.requireNonNull(evidence, "evidence");
        }

        @Override
        public <T> T fold(
                Function<? super Read, ? extends T> read,
                Function<? super Key, ? extends T> key,
                Function<? super Unreadable, ? extends T> unreadable) {
            return read.apply(this);
        }
    }

    /**
     * A key of the reader's keypad, pressed once; {@code toString} does not tell which.
     *
     * @param key    a digit, {@code *} or {@code #}
     * @param at     when it arrived
     * @param source the reader
     */
    record Key(char key, Instant at, String source) implements CardReading {
        public Key {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(source, "source");
            if ("0123456789*#".indexOf(key) < 0) {
                throw new IllegalArgumentException("a key is a digit, * or #");
            }
        }

        @Override
        public <T> T fold(
                Function<? super Read, ? extends T> read,
                Function<? super Key, ? extends T> key,
                Function<? super Unreadable, ? extends T> unreadable) {
            return key.apply(this);
        }

        @Override
        public String toString() {
            return "Key[" + at + ", " + source + "]";
        }
    }

    /**
     * Something else.
     *
     * @param reason {@code card.length}, {@code card.parity}, {@code card.pulses} (something went wrong on the wires),
     *               {@code card.junk}, {@code card.too-long} (a line without end) or {@code card.cut} (a line that stopped in
     *               the middle)
     * @param at     when it arrived
     * @param source the reader
     */
    record Unreadable(Reason reason, Instant at, String source) implements CardReading {
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(source, "source");
        }

        @Override
        public <T> T fold(
                Function<? super Read, ? extends T> read,
                Function<? super Key, ? extends T> key,
                Function<? super Unreadable, ? extends T> unreadable) {
            return unreadable.apply(this);
        }
    }
}
