package io.gatehouse.devices.wiegand;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one reader sends: card formats, of each length one at most, and whether it has a keypad. How long a card is says which
 * format it is meant to be; a second one of the same length would be guessed until one opens, perhaps for somebody else.
 * Immutable and thread-safe.
 */
public final class ReaderFormats {
    private final Map<Integer, CardFormat> byLength;
    private final boolean keypad;

    private ReaderFormats(Map<Integer, CardFormat> byLength, boolean keypad) {
        this.byLength = byLength;
        this.keypad = keypad;
    }

    public static ReaderFormats of(CardFormat... formats) {
        return of(List.of(formats));
    }

    /**
     * These formats.
     *
     * @throws IllegalArgumentException if there is none, or two have the same length
     */
    public static ReaderFormats of(Collection<CardFormat> formats) {
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("a reader takes at least one card format");
        }
        Map<Integer, CardFormat> byLength = new TreeMap<>();
        for (CardFormat format : formats) {
            CardFormat other = byLength.putIfAbsent(format.length(), format);
            if (other != null && !other.equals(format)) {
                throw new IllegalArgumentException(
                        other.name() + " and " + format.name() + " both have " + format.length()
                                + " bits, and a card does not say which of them it is: configure one of them for this reader");
            }
        }
        return new ReaderFormats(byLength, false);
    }

    /**
     * The same with a keypad, whose keys come as bursts of 4 or 8 bits.
     *
     * @throws IllegalArgumentException if a card has that length
     */
    public ReaderFormats withKeypad() {
        for (int length : KeypadCodec.LENGTHS) {
            if (byLength.containsKey(length)) {
                throw new IllegalArgumentException(
                        byLength.get(length).name() + " has " + length + " bits, as many as a key of a keypad");
            }
        }
        return new ReaderFormats(byLength, true);
    }

    /** The formats, shortest first. */
    public List<CardFormat> formats() {
        return List.copyOf(byLength.values());
    }

    /** The card in these bits by the format of their length, or why they are none. */
    public CardDecoding decode(CardBits bits) {
        CardFormat format = byLength.get(bits.length());
        return format == null
                ? new CardDecoding.Refused(Reason.format(
                        "card.length", "The card has %d bits; this reader is configured for %s.", bits.length(), this))
                : format.decode(bits);
    }

    /** What the reader says with these bits: a card, a key, or neither and why. */
    public CardReading read(CardBits bits, Instant at, String source) {
        Optional<Character> key = keypad ? KeypadCodec.decode(bits) : Optional.empty();
        if (key.isPresent()) {
            return new CardReading.Key(key.get(), at, source);
        }
        return decode(bits)
                .fold(
                        card -> new CardReading.Read(
                                new CardEvidence(card.format(), card.facilityCode(), card.cardNumber(), at, source)),
                        refused -> new CardReading.Unreadable(refused.reason(), at, source));
    }

    /** Names and lengths. */
    @Override
    public String toString() {
        return String.join(
                ", ",
                byLength.values().stream()
                        .map(format -> format.name() + " (" + format.length() + " bits)")
                        .toList());
    }
}
