package io.gatehouse.devices.wiegand;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Gathers the keys of one reader into what somebody typed: digits up to {@code #}, which ends it; {@code *} begins anew, and so does
 * a pause, or a clock that went back. Not thread-safe; {@code toString} tells nothing of what was typed.
 */
public final class KeypadEntry {
    private final char[] typed;
    private final Duration patience;
    private int length;
    private Instant last = Instant.MIN;

    private KeypadEntry(int mostDigits, Duration patience) {
        if (mostDigits < 1 || mostDigits > 64) {
            throw new IllegalArgumentException("an entry has 1 to 64 digits at most, not " + mostDigits);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("the pause that begins anew is longer than nothing, not " + patience);
        }
        this.typed = new char[mostDigits + 1];
        this.patience = patience;
    }

    /**
     * Nothing typed yet.
     *
     * @param mostDigits a longer entry comes out as empty, so that it fits nobody's
     * @param patience   a longer pause between two keys begins anew
     */
    public static KeypadEntry create(int mostDigits, Duration patience) {
        return new KeypadEntry(mostDigits, patience);
    }

    /**
     * Takes a key.
     *
     * @return at {@code #} the digits since the beginning, which the caller overwrites after use; no digits if there were none or too
     *     many
     */
    public Optional<char[]> press(CardReading.Key key) {
        boolean resumes = !key.at().isBefore(last) && !key.at().isAfter(plus(last));
        if (!resumes || key.key() == '*') {
            clear();
        }
        last = key.at();
        if (key.key() == '#') {
            char[] digits = length < typed.length ? Arrays.copyOf(typed, length) : new char[0];
            clear();
            return Optional.of(digits);
        }
        if (key.key() != '*' && length < typed.length) {
            typed[length++] = key.key();
        }
        return Optional.empty();
    }

    private Instant plus(Instant begin) {
        return begin.equals(Instant.MIN) ? begin : begin.plus(patience);
    }

    private void clear() {
        Arrays.fill(typed, '\0');
        length = 0;
    }

    @Override
    public String toString() {
        return "KeypadEntry[redacted]";
    }
}
