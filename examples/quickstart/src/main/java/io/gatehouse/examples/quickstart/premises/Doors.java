package io.gatehouse.examples.quickstart.premises;

import io.gatehouse.core.place.Portal;
import io.gatehouse.devices.door.RelayDoor;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusOptions;
import io.gatehouse.devices.modbus.RelayBoard;
import io.gatehouse.devices.sim.BoardFault;
import io.gatehouse.devices.sim.LinkTap;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import io.gatehouse.devices.sim.TapEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The two doors, each locked by a relay of one Modbus board, which is simulated at the other end of a link in memory. A
 * tap between driver and board shows every byte. Thread-safe.
 */
public final class Doors implements AutoCloseable {
    private static final String BUS = "mem:relay-board";
    private static final int UNIT = 1;
    private static final Duration UNLOCK_TIME = Duration.ofMillis(300);

    /** The board answers in a few milliseconds; a busy machine may keep its thread waiting much longer. */
    private static final ModbusOptions TIMING = new ModbusOptions(Duration.ofMillis(500), Duration.ofMillis(2));

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "quickstart-doors");
        thread.setDaemon(true);
        return thread;
    });
    private final SimulatedRelayBoard board;
    private final LinkTap tap;
    private final RelayDoor entrance;
    private final RelayDoor laboratory;

    private Doors(Links links, InstantSource clock) throws IOException {
        this.board = SimulatedRelayBoard.open(links.open(BUS), UNIT, 2, clock);
        this.tap = LinkTap.on(links.open(BUS), clock);
        RelayBoard relays = RelayBoard.create(ModbusMaster.create(tap, TIMING), UNIT, 2);
        this.entrance = door(SiteMap.ENTRANCE, relays, 0, clock);
        this.laboratory = door(SiteMap.LABORATORY_DOOR, relays, 1, clock);
    }

    static Doors open(Links links, InstantSource clock) throws IOException {
        return new Doors(links, clock);
    }

    private RelayDoor door(Portal portal, RelayBoard relays, int relay, InstantSource clock) {
        return RelayDoor.builder(portal.name(), relays.relay(relay), scheduler)
                .unlockTime(UNLOCK_TIME)
                .clock(clock)
                .build();
    }

    public RelayDoor entrance() {
        return entrance;
    }

    public RelayDoor laboratory() {
        return laboratory;
    }

    /** Whether the board's relays stand so that both doors are open. */
    public boolean bothRelaysOn() {
        return board.isOn(0) && board.isOn(1);
    }

    /** What went over the bus so far, oldest first. */
    public List<TapEntry> bytes() {
        return tap.entries();
    }

    /** Makes the board answer no more, as if its cable were pulled. */
    public void silence() {
        board.misbehave(BoardFault.DEAF);
    }

    /** Plugs the board in again. */
    public void restore() {
        board.misbehave(BoardFault.NONE);
    }

    @Override
    public void close() {
        entrance.close();
        laboratory.close();
        scheduler.shutdownNow();
        tap.close();
        board.close();
    }
}
