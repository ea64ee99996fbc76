package io.gatehouse.devices.scan;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * How a scanner is set up. Immutable and thread-safe.
 *
 * @param framing     where a code ends; of no account with SSI
 * @param maxLength   of a code in bytes, 1 to 100,000
 * @param idleGap     how long a silence ends or gives up what was begun
 * @param prefix      what the scanner puts in front of every code, taken off again; a code without it is refused
 * @param suffix      what it puts behind, likewise
 * @param symbologies the letters of AIM identifiers that are taken; empty if the scanner sends none, otherwise a code without or with
 *                    another is refused
 * @param repeats     for how long the same code is the same reading, and not given again
 */
public record ScannerOptions(
        ScanFraming framing,
        int maxLength,
        Duration idleGap,
        String prefix,
        String suffix,
        Set<Character> symbologies,
        Duration repeats) {
    private static final int MOST = 100_000;
    private static final ScannerOptions STANDARD =
            new ScannerOptions(ScanFraming.CR, 4_296, Duration.ofMillis(100), "", "", Set.of(), Duration.ofSeconds(3));

    public ScannerOptions {
        Objects.requireNonNull(framing, "framing");
        if (maxLength < 1 || maxLength > MOST) {
            throw new IllegalArgumentException("a code has 1 to " + MOST + " bytes at most, not " + maxLength);
        }
        if (idleGap.toMillis() < 1) {
            throw new IllegalArgumentException("the idle gap is at least 1 ms, not " + idleGap);
        }
        if (repeats.isNegative()) {
            throw new IllegalArgumentException("a reading repeats for no less than nothing, not " + repeats);
        }
        requireLatin(prefix);
        requireLatin(suffix);
        symbologies = Set.copyOf(symbologies);
    }

    private static void requireLatin(String affix) {
        if (affix.length() > 100 || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(affix)) {
            throw new IllegalArgumentException("a prefix or suffix is at most 100 characters of ISO 8859-1");
        }
    }

    /** CR ends a code of up to 4,296 bytes (the most characters in a QR code); 100 ms; the same code again after 3 s. */
    public static ScannerOptions standard() {
        return STANDARD;
    }

    public ScannerOptions withFraming(ScanFraming value) {
        return new ScannerOptions(value, maxLength, idleGap, prefix, suffix, symbologies, repeats);
    }

    public ScannerOptions withMaxLength(int value) {
        return new ScannerOptions(framing, value, idleGap, prefix, suffix, symbologies, repeats);
    }

    public ScannerOptions withIdleGap(Duration value) {
        return new ScannerOptions(framing, maxLength, value, prefix, suffix, symbologies, repeats);
    }

    public ScannerOptions withAffixes(String before, String behind) {
        return new ScannerOptions(framing, maxLength, idleGap, before, behind, symbologies, repeats);
    }

    public ScannerOptions withSymbologies(Set<Character> letters) {
        return new ScannerOptions(framing, maxLength, idleGap, prefix, suffix, letters, repeats);
    }

    public ScannerOptions withRepeats(Duration value) {
        return new ScannerOptions(framing, maxLength, idleGap, prefix, suffix, symbologies, value);
    }
}
