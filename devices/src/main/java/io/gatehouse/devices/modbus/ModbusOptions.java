package io.gatehouse.devices.modbus;

import java.time.Duration;

/**
 * How a master keeps time on a bus. Immutable and thread-safe.
 *
 * @param replyTimeout how long a unit may take from the last byte of the request to the last of its reply, at least 1 ms
 * @param silence      how long the bus must be silent before a request, zero or more: 3.5 characters by the standard,
 *                     4.1 ms at 9600 baud and 1.75 ms above 19200; whatever arrives in it is an old reply and is dropped
 */
public record ModbusOptions(Duration replyTimeout, Duration silence) {
    /** Half a second for a reply and 5 ms of silence: right for 9600 baud and faster. */
    public static final ModbusOptions DEFAULT = new ModbusOptions(Duration.ofMillis(500), Duration.ofMillis(5));

    public ModbusOptions {
        if (replyTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("the reply timeout is at least 1 ms, not " + replyTimeout);
        }
        if (silence.isNegative() || silence.compareTo(replyTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "the silence is from zero up to the reply timeout of " + replyTimeout + ", not " + silence);
        }
    }
}
