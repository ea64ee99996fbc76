package io.gatehouse.devices.fleet;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.devices.fleet.firmware.FirmwareVersion;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A fleet in tables of its own, on SQLite or PostgreSQL. Staff numbers stand in clear in them, as in any log of repairs;
 * {@link #forget} takes one out. Each step is also told to a recorder, after it is durable: as {@code fleet.step}, {@code
 * fleet.acceptance}, {@code fleet.maintenance} and {@code fleet.firmware}. Thread-safe.
 */
public final class JdbcFleet implements Fleet {
    private static final Logger LOG = System.getLogger(JdbcFleet.class.getName());
    private static final int MAX_LISTED = 1_000;

    private final Store store;
    private final InstantSource clock;
    private final Consumer<? super LedgerEvent> recorder;

    private JdbcFleet(Store store, InstantSource clock, Consumer<? super LedgerEvent> recorder) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.recorder = Objects.requireNonNull(recorder, "recorder");
    }

    /** A fleet kept in this store, whose tables are brought up to date; nothing is told to anybody. */
    public static JdbcFleet create(Store store, InstantSource clock) throws StoreException {
        return create(store, clock, event -> {});
    }

    /**
     * A fleet kept in this store, whose tables are brought up to date.
     *
     * @param recorder takes each event; must not hold up
     * @throws StoreException if the tables cannot be made
     */
    public static JdbcFleet create(Store store, InstantSource clock, Consumer<? super LedgerEvent> recorder)
            throws StoreException {
        store.migrate(FleetTables.ROOM, FleetTables.MIGRATIONS);
        return new JdbcFleet(store, clock, recorder);
    }

    @Override
    public Device register(DeviceId id, DeviceKind kind, String place, String serial, LocalDate bought, PersonId who)
            throws StoreException {
        Instant at = now();
        Device device = new Device(
                id,
                kind,
                place,
                serial,
                Optional.empty(),
                bought,
                Optional.empty(),
                DeviceState.BOUGHT,
                at,
                Optional.empty());
        LifeStep step = new LifeStep(id, Optional.empty(), DeviceState.BOUGHT, at, Optional.of(who), "");
        boolean isNew = store.write(connection -> FleetTables.insert(connection, device) && stepped(connection, step));
        if (!isNew) {
            throw new IllegalArgumentException(
                    "there is a device " + id + " already, or a " + kind + " with the serial number " + serial);
        }
        tell(step);
        return device;
    }

    @Override
    public Optional<Device> find(DeviceId id) throws StoreException {
        return store.read(connection -> FleetTables.find(connection, id));
    }

    @Override
    public List<Device> list(Optional<DeviceId> after, int limit) throws StoreException {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new IllegalArgumentException("devices are listed 1 to " + MAX_LISTED + " at once, not " + limit);
        }
        return store.read(connection ->
                FleetTables.list(connection, after.map(DeviceId::value).orElse(""), limit));
    }

    @Override
    public Device install(DeviceId id, String place, LocalDate on, PersonId who) throws StoreException {
        Device.bounded("place", place, 200);
        return move(
                require(id),
                DeviceState.INSTALLED,
                Optional.of(who),
                place,
                connection -> FleetTables.place(connection, id, place, on));
    }

    @Override
    public Device accept(DeviceId id, AcceptanceResult result, PersonId who) throws StoreException {
        Instant at = now();
        Device device = require(id);
        requireState(device, DeviceState.INSTALLED, "is accepted");
        Store.Work<Integer> test = connection -> FleetTables.accept(connection, id, result, at, who);
        Device after = device;
        if (result.isPassed()) {
            after = move(device, DeviceState.IN_SERVICE, Optional.of(who), "accepted", test);
        } else {
            store.write(test);
        }
        tell(LedgerEvent.builder(EventKind.of("fleet.acceptance"), at)
                .person(who)
                .fact("device", id.value())
                .fact("reads", result.reads() + "/" + result.attempts())
                .fact("slowest-millis", Long.toString(result.slowest().toMillis()))
                .fact("passed", Boolean.toString(result.isPassed())));
        return after;
    }

    @Override
    public List<AcceptanceResult> acceptances(DeviceId id) throws StoreException {
        return store.read(connection -> FleetTables.acceptances(connection, id));
    }

    @Override
    public Device step(DeviceId id, DeviceState to, Optional<PersonId> who, String note) throws StoreException {
        Device device = require(id);
        if (device.state() == DeviceState.INSTALLED && to == DeviceState.IN_SERVICE) {
            throw new IllegalStateException(id + " goes into service by an acceptance test that passed, see accept");
        }
        return move(device, to, who, note, connection -> 0);
    }

    @Override
    public List<LifeStep> life(DeviceId id) throws StoreException {
        return store.read(connection -> FleetTables.life(connection, id));
    }

    @Override
    public void firmware(DeviceId id, FirmwareVersion version) throws StoreException {
        if (!store.write(connection -> FleetTables.firmware(connection, id, version))) {
            throw missing(id);
        }
        tell(LedgerEvent.builder(EventKind.of("fleet.firmware"), now())
                .fact("device", id.value())
                .fact("version", version.toString()));
    }

    @Override
    public void heard(Map<DeviceId, Instant> lastSeen, Map<DeviceId, Map<String, Long>> counted) throws StoreException {
        if (lastSeen.isEmpty() && counted.isEmpty()) {
            return;
        }
        store.write(connection -> {
            for (Map.Entry<DeviceId, Instant> each : lastSeen.entrySet()) {
                FleetTables.seen(connection, each.getKey(), each.getValue());
            }
            for (Map.Entry<DeviceId, Map<String, Long>> each : counted.entrySet()) {
                FleetTables.count(connection, each.getKey(), each.getValue());
            }
            return lastSeen.size();
        });
    }

    @Override
    public Map<String, Long> counters(DeviceId id) throws StoreException {
        return store.read(connection -> FleetTables.counters(connection, id));
    }

    @Override
    public List<Device> silentSince(Instant moment) throws StoreException {
        return store.read(connection -> FleetTables.silent(connection, moment));
    }

    @Override
    public void plan(MaintenanceTask task) throws StoreException {
        require(task.device());
        store.write(connection -> TaskTables.plan(connection, task));
    }

    @Override
    public List<MaintenanceTask> due(LocalDate by) throws StoreException {
        return store.read(connection -> TaskTables.due(connection, by));
    }

    @Override
    public void done(DeviceId id, String code, LocalDate on, PersonId who, String note) throws StoreException {
        Instant at = now();
        if (!store.write(connection -> TaskTables.done(connection, id, code, on, at, who, note))) {
            throw new IllegalArgumentException("no task '" + code + "' is planned at " + id);
        }
        tell(LedgerEvent.builder(EventKind.of("fleet.maintenance"), at)
                .person(who)
                .fact("device", id.value())
                .fact("task", code));
    }

    @Override
    public int forget(PersonId person) throws StoreException {
        return store.write(connection -> FleetTables.forget(connection, person));
    }

    /** The step and what belongs to it, together or not at all. */
    private Device move(Device device, DeviceState to, Optional<PersonId> who, String note, Store.Work<Integer> withIt)
            throws StoreException {
        if (!device.state().next().contains(to)) {
            throw new IllegalStateException(device.id() + " is " + device.state() + ": from there it goes to "
                    + device.state().next() + ", not to " + to);
        }
        LifeStep step = new LifeStep(device.id(), Optional.of(device.state()), to, now(), who, note);
        boolean moved = store.write(connection -> FleetTables.move(connection, device, to, step.at())
                && stepped(connection, step)
                && withIt.run(connection) >= 0);
        if (!moved) {
            throw new IllegalStateException(
                    device.id() + " is not " + device.state() + " any more: somebody else took a step");
        }
        tell(step);
        return require(device.id());
    }

    private static boolean stepped(Connection connection, LifeStep step) throws SQLException {
        FleetTables.step(connection, step);
        return true;
    }

    private Device require(DeviceId id) throws StoreException {
        return find(id).orElseThrow(() -> missing(id));
    }

    private static void requireState(Device device, DeviceState state, String what) {
        if (device.state() != state) {
            throw new IllegalStateException(
                    device.id() + " is " + device.state() + "; it " + what + " only while it is " + state);
        }
    }

    private static IllegalArgumentException missing(DeviceId id) {
        return new IllegalArgumentException("there is no device " + id);
    }

    /** In milliseconds, as it is stored, so that what is read back equals what was returned. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private void tell(LifeStep step) {
        LedgerEvent.Builder event = LedgerEvent.builder(EventKind.of("fleet.step"), step.at())
                .fact("device", step.device().value())
                .fact("to", step.to().name().toLowerCase(Locale.ROOT));
        step.from().ifPresent(from -> event.fact("from", from.name().toLowerCase(Locale.ROOT)));
        step.who().ifPresent(event::person);
        tell(event);
    }

    private void tell(LedgerEvent.Builder event) {
        try {
            recorder.accept(event.build());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an event of the fleet could not be recorded", e);
        }
    }
}
