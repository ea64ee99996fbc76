package io.gatehouse.devices.document;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** What the lines of a machine-readable zone are. Sealed, immutable, thread-safe. */
public sealed interface MrzReading {
    <T> T fold(Function<? super Read, ? extends T> read, Function<? super Refused, ? extends T> refused);

    /** Every check digit is right. */
    record Read(MachineReadableZone zone) implements MrzReading {
        public Read {
            Objects.requireNonNull(zone, "zone");
        }

        @Override
        public <T> T fold(Function<? super Read, ? extends T> read, Function<? super Refused, ? extends T> refused) {
            return read.apply(this);
        }
    }

    /**
     * They are none, or were misread.
     *
     * @param reason {@code document.mrz-form}, {@code document.mrz-check} (which field) or {@code document.mrz-date}
     */
    record Refused(Reason reason) implements MrzReading {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(Function<? super Read, ? extends T> read, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
