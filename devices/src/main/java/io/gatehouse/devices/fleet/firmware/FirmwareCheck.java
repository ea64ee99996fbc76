package io.gatehouse.devices.fleet.firmware;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** Whether an image can be trusted. Sealed, immutable, thread-safe. */
public sealed interface FirmwareCheck {
    <T> T fold(Function<? super Trusted, ? extends T> trusted, Function<? super Untrusted, ? extends T> untrusted);

    /** A trusted key signed it. */
    record Trusted(FirmwareImage image) implements FirmwareCheck {
        public Trusted {
            Objects.requireNonNull(image, "image");
        }

        @Override
        public <T> T fold(
                Function<? super Trusted, ? extends T> trusted, Function<? super Untrusted, ? extends T> untrusted) {
            return trusted.apply(this);
        }
    }

    /** It is none, or nobody trusted signed it. */
    record Untrusted(Reason reason) implements FirmwareCheck {
        public Untrusted {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Trusted, ? extends T> trusted, Function<? super Untrusted, ? extends T> untrusted) {
            return untrusted.apply(this);
        }
    }
}
