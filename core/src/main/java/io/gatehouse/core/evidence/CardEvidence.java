package io.gatehouse.core.evidence;

import io.gatehouse.core.identity.Method;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/**
 * A card read, decoded by the format that the reader is configured for. Immutable and thread-safe; {@code toString}
 * leaves the number out.
 *
 * @param format       the card format's name, for example {@code H10301}
 * @param facilityCode the facility or site code, not negative; 0 where the format has none
 * @param cardNumber   the card's number, not negative
 * @param capturedAt   when it was read
 * @param source       the reader
 */
public record CardEvidence(String format, long facilityCode, long cardNumber, Instant capturedAt, String source)
        implements Evidence {
    public CardEvidence {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(capturedAt, "capturedAt");
        Objects.requireNonNull(source, "source");
        if (facilityCode < 0 || cardNumber < 0) {
            throw new IllegalArgumentException(
                    "a card of format " + format + " has a negative facility code or number");
        }
    }

    @Override
    public String toString() {
        return "CardEvidence[" + format + ", " + capturedAt + ", " + source + "]";
    }

    @Override
    public Method method() {
        return Method.CARD;
    }

    @Override
    public <T> T fold(
            Function<? super FaceEvidence, ? extends T> face,
            Function<? super CodeEvidence, ? extends T> code,
            Function<? super CardEvidence, ? extends T> card,
            Function<? super ManualEvidence, ? extends T> manual) {
        return card.apply(this);
    }
}
