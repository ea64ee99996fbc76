package io.gatehouse.devices.scan;

import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a scanner sent. Sealed, immutable, thread-safe. */
public sealed interface ScanReading {
    <T> T fold(Function<? super Read, ? extends T> read, Function<? super Unreadable, ? extends T> unreadable);

    /**
     * A code.
     *
     * @param symbol what kind of symbol it was, if the scanner said so
     */
    record Read(CodeEvidence evidence, Optional<AimIdentifier> symbol) implements ScanReading {
        public Read {
            Objects.requireNonNull(evidence, "evidence");
            Objects.requireNonNull(symbol, "symbol");
        }

        @Override
        public <T> T fold(
                Function<? super Read, ? extends T> read, Function<? super Unreadable, ? extends T> unreadable) {
            return read.apply(this);
        }
    }

    /**
     * Something else.
     *
     * @param reason {@code scan.too-long}, {@code scan.cut}, {@code scan.affix}, {@code scan.no-symbology}, {@code scan.symbology}
     *               or {@code scan.empty}
     */
    record Unreadable(Reason reason, Instant at, String source) implements ScanReading {
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(source, "source");
        }

        @Override
        public <T> T fold(
                Function<? super Read, ? extends T> read, Function<? super Unreadable, ? extends T> unreadable) {
            return unreadable.apply(this);
        }
    }
}
