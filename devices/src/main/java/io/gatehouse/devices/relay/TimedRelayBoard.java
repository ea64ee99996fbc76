package io.gatehouse.devices.relay;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.devices.door.Relay;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A board of relays that keeps the time of a pulse itself, so that a door locks again although the program that opened it
 * is gone. It is the widespread kind (R421A08 and its relatives) whose relays are registers 1, 2, … of a Modbus unit that
 * take commands by function 6: 0x0100 on, 0x0200 off, 0x06nn on for nn seconds. Thread-safe; the bus is shared with the
 * master's other users.
 */
public final class TimedRelayBoard {
    /** The most that a pulse can last. */
    public static final Duration LONGEST_PULSE = Duration.ofSeconds(255);

    /** The value that switches a relay on. */
    public static final int ON = 0x0100;

    /** The value that switches a relay off. */
    public static final int OFF = 0x0200;

    /** Plus so many seconds: the value that switches a relay on for them. */
    public static final int ON_FOR = 0x0600;

    private static final int MAX_RELAYS = 32;

    private final ModbusMaster master;
    private final int unit;
    private final int relays;

    private TimedRelayBoard(ModbusMaster master, int unit, int relays) {
        this.master = Objects.requireNonNull(master, "master");
        if (relays < 1 || relays > MAX_RELAYS) {
            throw new IllegalArgumentException("a board has 1 to " + MAX_RELAYS + " relays, not " + relays);
        }
        this.unit = unit;
        this.relays = relays;
    }

    public static TimedRelayBoard create(ModbusMaster master, int unit, int relays) {
        return new TimedRelayBoard(master, unit, relays);
    }

    /**
     * One relay, counted from 0. It pulses whole seconds, on only: for a lock that opens without power there is no pulse,
     * nor for half a second.
     *
     * @throws IndexOutOfBoundsException if the board has no such relay
     */
    public Relay relay(int index) {
        Objects.checkIndex(index, relays);
        return new Relay() {
            @Override
            public Actuation set(boolean energised) {
                return command(index, energised ? ON : OFF);
            }

            @Override
            public Optional<Actuation> pulse(boolean energised, Duration time) {
                boolean isPossible = energised
                        && time.toNanosPart() == 0
                        && time.compareTo(Duration.ofSeconds(1)) >= 0
                        && time.compareTo(LONGEST_PULSE) <= 0;
                return isPossible ? Optional.of(command(index, ON_FOR + (int) time.toSeconds())) : Optional.empty();
            }
        };
    }

    private Actuation command(int index, int value) {
        return master.execute(new ModbusRequest.WriteRegister(unit, index + 1, value))
                .toActuation();
    }
}
