package io.gatehouse.devices.wiegand;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** What the bits of a card are in one format. Sealed, immutable, thread-safe. */
public sealed interface CardDecoding {
    <T> T fold(Function<? super Decoded, ? extends T> decoded, Function<? super Refused, ? extends T> refused);

    /**
     * The length fits and every parity bit holds; {@code toString} leaves the numbers out.
     *
     * @param format       the format's name
     * @param facilityCode 0 where the format has none
     * @param cardNumber   the card's number
     */
    record Decoded(String format, long facilityCode, long cardNumber) implements CardDecoding {
        public Decoded {
            Objects.requireNonNull(format, "format");
        }

        @Override
        public <T> T fold(
                Function<? super Decoded, ? extends T> decoded, Function<? super Refused, ? extends T> refused) {
            return decoded.apply(this);
        }

        @Override
        public String toString() {
            return "Decoded[" + format + "]";
        }
    }

    /**
     * They are not a card of this format.
     *
     * @param reason {@code card.length} or {@code card.parity}
     */
    record Refused(Reason reason) implements CardDecoding {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Decoded, ? extends T> decoded, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
