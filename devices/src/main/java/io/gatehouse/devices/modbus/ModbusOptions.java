package io.gatehouse.devices.modbus;

import io.gatehouse.devices.link.BusOptions;
import java.time.Duration;

/**
 * How a master keeps time on a bus. Immutable and thread-safe.
 *
 * @param replyTimeout how long a unit may take from the last byte of the request to the last of its reply, beyond the time
 *                     that their characters take where the bus knows it; at least 1 ms
 * @param silence      how long the bus must be silent before a request, zero or more: 3.5 characters by the standard,
 *                     4.1 ms at 9600 baud and 1.75 ms above 19200; whatever arrives in it is an old reply and is dropped
 * @param turnTimeout  how long to wait for others that have the bus; a request that would come later is not sent
 * @param readRetries  how many times a request that only reads is sent again when no usable answer came, 0 to 10; what moves
 *                     something is never sent again
 */
public record ModbusOptions(Duration replyTimeout, Duration silence, Duration turnTimeout, int readRetries) {
    /** Half a second for a reply and 5 ms of silence: right for 9600 baud and faster. */
    public static final ModbusOptions DEFAULT = new ModbusOptions(Duration.ofMillis(500), Duration.ofMillis(5));

    private static final int MOST_RETRIES = 10;
    /** MODBUS over Serial Line V1.02, 2.5.1.1: above 19200 baud the gap stays as long. */
    private static final Duration LEAST_GAP = Duration.ofNanos(1_750_000);

    public ModbusOptions {
        if (replyTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("the reply timeout is at least 1 ms, not " + replyTimeout);
        }
        if (silence.isNegative() || silence.compareTo(replyTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "the silence is from zero up to the reply timeout of " + replyTimeout + ", not " + silence);
        }
        if (turnTimeout.isNegative()) {
            throw new IllegalArgumentException("a turn is waited for no less than nothing, not " + turnTimeout);
        }
        if (readRetries < 0 || readRetries > MOST_RETRIES) {
            throw new IllegalArgumentException(
                    "reading is tried again 0 to " + MOST_RETRIES + " times, not " + readRetries);
        }
    }

    /** Waits for its turn as long as for a reply, and tries nothing again. */
    public ModbusOptions(Duration replyTimeout, Duration silence) {
        this(replyTimeout, silence, replyTimeout, 0);
    }

    /** The default with the silence of 3.5 characters of 11 bits at this speed, at least 1.75 ms. */
    public static ModbusOptions ofBaud(int baud) {
        Duration gap =
                BusOptions.DEFAULT.withBaud(baud).character().multipliedBy(7).dividedBy(2);
        return new ModbusOptions(DEFAULT.replyTimeout, gap.compareTo(LEAST_GAP) < 0 ? LEAST_GAP : gap);
    }

    public ModbusOptions withReplyTimeout(Duration value) {
        return new ModbusOptions(value, silence, turnTimeout, readRetries);
    }

    public ModbusOptions withTurnTimeout(Duration value) {
        return new ModbusOptions(replyTimeout, silence, value, readRetries);
    }

    public ModbusOptions withReadRetries(int value) {
        return new ModbusOptions(replyTimeout, silence, turnTimeout, value);
    }
}
