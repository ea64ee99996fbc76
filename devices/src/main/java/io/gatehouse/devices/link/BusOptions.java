package io.gatehouse.devices.link;

import java.time.Duration;

/**
 * What a bus is like. Immutable and thread-safe.
 *
 * @param character    how long one character takes on the wire; zero if that is unknown or of no account
 * @param echoes       whether what is sent comes back, as it does from RS-485 converters that go on listening while they send
 * @param echoPatience how long the echo may take beyond the time on the wire, at least 1 ms
 */
public record BusOptions(Duration character, boolean echoes, Duration echoPatience) {
    /** A wire that is not heard while it is written to, of unknown speed. */
    public static final BusOptions DEFAULT = new BusOptions(Duration.ZERO, false, Duration.ofMillis(200));

    /** Start bit, eight data bits, parity or a second stop bit, stop bit. */
    private static final long BITS = 11;

    public BusOptions {
        if (character.isNegative() || character.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("a character takes up to a second, not " + character);
        }
        if (echoPatience.toMillis() < 1) {
            throw new IllegalArgumentException("an echo is waited for at least 1 ms, not " + echoPatience);
        }
    }

    /** The same at so many bits a second; a character is counted as 11 bits. */
    public BusOptions withBaud(int baud) {
        if (baud < 50) {
            throw new IllegalArgumentException("a wire carries at least 50 bits a second, not " + baud);
        }
        return new BusOptions(Duration.ofNanos(BITS * 1_000_000_000L / baud), echoes, echoPatience);
    }

    /** The same with an echo of everything that is sent. */
    public BusOptions withEcho(Duration patience) {
        return new BusOptions(character, true, patience);
    }
}
