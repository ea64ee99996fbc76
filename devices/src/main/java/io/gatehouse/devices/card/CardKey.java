package io.gatehouse.devices.card;

import io.gatehouse.core.evidence.CardEvidence;
import java.util.Objects;

/**
 * What tells one card from all others: numbers repeat from format to format and from facility to facility. Immutable
 * and thread-safe; {@code toString} leaves the numbers out.
 *
 * @param format       the card format's name
 * @param facilityCode not negative, 0 where the format has none
 * @param cardNumber   not negative
 */
public record CardKey(String format, long facilityCode, long cardNumber) {
    public CardKey {
        Objects.requireNonNull(format, "format");
        if (facilityCode < 0 || cardNumber < 0) {
            throw new IllegalArgumentException(
                    "a card of format " + format + " has a negative facility code or number");
        }
    }

    public static CardKey of(CardEvidence evidence) {
        return new CardKey(evidence.format(), evidence.facilityCode(), evidence.cardNumber());
    }

    @Override
    public String toString() {
        return "CardKey[" + format + "]";
    }
}
