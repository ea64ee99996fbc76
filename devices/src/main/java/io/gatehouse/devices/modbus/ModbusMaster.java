package io.gatehouse.devices.modbus;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.link.Bus;
import io.gatehouse.devices.link.BusCollisionException;
import io.gatehouse.devices.link.BusOptions;
import io.gatehouse.devices.link.BusTurn;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The one master of a Modbus RTU bus, which it may share with drivers of other protocols: asks, waits for the reply by its
 * expected length, and says how it ended. Requests go one after the other in the order in which they came. A request that
 * moves something is sent once, now or not at all, since an unlocking that comes twice or late is worse than one that fails;
 * one that only reads may be sent again. Of one that moves something and is not answered the link forgets what has not gone
 * out ({@link Link#abandonWrites}). Thread-safe; does not own the link and starts no thread.
 */
public final class ModbusMaster {
    private final Bus bus;
    private final ModbusOptions options;
    private final LongSupplier nanoTime;

    private ModbusMaster(Bus bus, ModbusOptions options, LongSupplier nanoTime) {
        this.bus = Objects.requireNonNull(bus, "bus");
        this.options = Objects.requireNonNull(options, "options");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** A master that has a link to itself. */
    public static ModbusMaster create(Link link, ModbusOptions options) {
        return create(link, options, System::nanoTime);
    }

    /** A master that takes its time, in nanoseconds, from elsewhere. */
    public static ModbusMaster create(Link link, ModbusOptions options, LongSupplier nanoTime) {
        return create(Bus.create(link, BusOptions.DEFAULT, nanoTime), options, nanoTime);
    }

    /** A master on a bus that has other drivers too. */
    public static ModbusMaster create(Bus bus, ModbusOptions options) {
        return create(bus, options, System::nanoTime);
    }

    /** A master on a shared bus that takes its time, in nanoseconds, from elsewhere. */
    public static ModbusMaster create(Bus bus, ModbusOptions options, LongSupplier nanoTime) {
        return new ModbusMaster(bus, options, nanoTime);
    }

    /** Asks, and asks again only if it moves nothing. Never throws for what the bus does. */
    public ModbusAnswer execute(ModbusRequest request) {
        ModbusAnswer answer = executeOnce(request);
        int again = request.isReading() ? options.readRetries() : 0;
        while (again > 0 && answer instanceof ModbusAnswer.NoReply) {
            answer = executeOnce(request);
            again--;
        }
        return answer;
    }

    private ModbusAnswer executeOnce(ModbusRequest request) {
        if (bus.state() != LinkState.OPEN) {
            return notSent("modbus.link-down", request, bus.url() + " is down");
        }
        try {
            return bus.turn(options.turnTimeout(), turn -> ask(turn, request))
                    .orElseGet(() -> notSent("modbus.bus-busy", request, "others have the bus"));
        } catch (IOException e) {
            return notSent("modbus.link-down", request, bus.url() + " cannot be read");
        }
    }

    private ModbusAnswer ask(BusTurn turn, ModbusRequest request) throws IOException {
        if (!turn.awaitSilence(options.silence(), options.replyTimeout())) {
            return notSent("modbus.bus-busy", request, "the bus does not fall silent");
        }
        try {
            return exchange(turn, request);
        } catch (BusCollisionException e) {
            return noReply("modbus.collision", "Somebody else was sending while unit %d was asked", request);
        } catch (IOException e) {
            return noReply("modbus.link-lost", "The link was lost while unit %d was asked", request);
        }
    }

    private ModbusAnswer exchange(BusTurn turn, ModbusRequest request) throws IOException {
        byte[] sent = ModbusRtuCodec.encode(request);
        long begun = nanoTime.getAsLong();
        turn.write(sent);
        Duration onTheWire = turn.onTheWire(sent.length + request.replyLength());
        long deadline = begun + options.replyTimeout().plus(onTheWire).toNanos();
        byte[] frame = new byte[ModbusLimits.MAX_FRAME];
        int count = 0;
        while (count < ModbusRtuCodec.expectedLength(request, frame, count)) {
            long left = deadline - nanoTime.getAsLong();
            if (left <= 0) {
                return timeout(turn, request, count);
            }
            byte[] arrived = turn.read(Duration.ofNanos(left));
            int taken = Math.min(arrived.length, frame.length - count);
            System.arraycopy(arrived, 0, frame, count, taken);
            count += taken;
        }
        // What came behind the reply belongs to nobody.
        return ModbusRtuCodec.decodeReply(
                request, Arrays.copyOf(frame, ModbusRtuCodec.expectedLength(request, frame, count)));
    }

    private ModbusAnswer timeout(BusTurn turn, ModbusRequest request, int count) {
        if (!request.isReading()) {
            turn.abandonWrites();
        }
        return new ModbusAnswer.NoReply(Reason.format(
                "modbus.timeout",
                "Unit %d sent %d bytes within %d ms, which is no answer; it may or may not have acted.",
                request.unit(),
                count,
                options.replyTimeout().toMillis()));
    }

    private static ModbusAnswer noReply(String code, String format, ModbusRequest request) {
        return new ModbusAnswer.NoReply(
                Reason.format(code, format + "; it may or may not have acted.", request.unit()));
    }

    private static ModbusAnswer notSent(String code, ModbusRequest request, String why) {
        return new ModbusAnswer.NotSent(Reason.format(code, "Unit %d was not asked: %s.", request.unit(), why));
    }
}
