package io.gatehouse.devices.modbus;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The one master of a Modbus RTU bus: asks, waits for the reply by its expected length, and says how it ended. Requests
 * go one after the other in the order in which they came; none is repeated, since an unlocking that comes twice or late
 * is worse than one that fails. Thread-safe; does not own the link and starts no thread.
 */
public final class ModbusMaster {
    private final Link link;
    private final ModbusOptions options;
    private final LongSupplier nanoTime;
    private final ReentrantLock bus = new ReentrantLock(true);

    private ModbusMaster(Link link, ModbusOptions options, LongSupplier nanoTime) {
        this.link = Objects.requireNonNull(link, "link");
        this.options = Objects.requireNonNull(options, "options");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    public static ModbusMaster create(Link link, ModbusOptions options) {
        return create(link, options, System::nanoTime);
    }

    /** A master that takes its time, in nanoseconds, from elsewhere. */
    public static ModbusMaster create(Link link, ModbusOptions options, LongSupplier nanoTime) {
        return new ModbusMaster(link, options, nanoTime);
    }

    /** Asks once. Never throws for what the bus does. */
    public ModbusAnswer execute(ModbusRequest request) {
        bus.lock();
        try {
            Optional<ModbusAnswer> prevented = prepare(request);
            return prevented.isPresent() ? prevented.get() : exchange(request);
        } finally {
            bus.unlock();
        }
    }

    /** Waits for silence and drops what an earlier, late unit still says. */
    private Optional<ModbusAnswer> prepare(ModbusRequest request) {
        if (link.state() != LinkState.OPEN) {
            return Optional.of(notSent("modbus.link-down", request, link.url() + " is down"));
        }
        try {
            long deadline = nanoTime.getAsLong() + options.replyTimeout().toNanos();
            while (link.read(options.silence()).length > 0) {
                if (nanoTime.getAsLong() - deadline >= 0) {
                    return Optional.of(notSent("modbus.bus-busy", request, "the bus does not fall silent"));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(notSent("modbus.link-down", request, link.url() + " cannot be read"));
        }
    }

    private ModbusAnswer exchange(ModbusRequest request) {
        try {
            link.write(ModbusRtuCodec.encode(request));
            return awaitReply(request);
        } catch (IOException e) {
            return new ModbusAnswer.NoReply(Reason.format(
                    "modbus.link-lost",
                    "The link was lost while unit %d was asked; it may or may not have acted.",
                    request.unit()));
        }
    }

    private ModbusAnswer awaitReply(ModbusRequest request) throws IOException {
        long deadline = nanoTime.getAsLong() + options.replyTimeout().toNanos();
        byte[] frame = new byte[ModbusLimits.MAX_FRAME];
        int count = 0;
        while (count < ModbusRtuCodec.expectedLength(request, frame, count)) {
            long left = deadline - nanoTime.getAsLong();
            if (left <= 0) {
                return new ModbusAnswer.NoReply(Reason.format(
                        "modbus.timeout",
                        "Unit %d sent %d bytes within %d ms, which is no answer; it may or may not have acted.",
                        request.unit(),
                        count,
                        options.replyTimeout().toMillis()));
            }
            byte[] arrived = link.read(Duration.ofNanos(left));
            int taken = Math.min(arrived.length, frame.length - count);
            System.arraycopy(arrived, 0, frame, count, taken);
            count += taken;
        }
        // What came behind the reply belongs to nobody.
        return ModbusRtuCodec.decodeReply(
                request, Arrays.copyOf(frame, ModbusRtuCodec.expectedLength(request, frame, count)));
    }

    private static ModbusAnswer notSent(String code, ModbusRequest request, String why) {
        return new ModbusAnswer.NotSent(Reason.format(code, "Unit %d was not asked: %s.", request.unit(), why));
    }
}
