package io.gatehouse.devices.fleet;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.fleet.firmware.FirmwareVersion;
import io.gatehouse.devices.internal.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of the fleet and the statements on them. Days are counted from 1970-01-01. Stateless. */
final class FleetTables {
    static final String ROOM = "devices.fleet";
    static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE fleet_device (
                device_id TEXT PRIMARY KEY,
                kind TEXT NOT NULL, place TEXT NOT NULL, serial TEXT NOT NULL, firmware TEXT,
                bought_day INTEGER NOT NULL, installed_day INTEGER,
                state TEXT NOT NULL, since_millis INTEGER NOT NULL, seen_millis INTEGER,
                UNIQUE (kind, serial));
            CREATE INDEX fleet_device_silent ON fleet_device (state, seen_millis);
            CREATE TABLE fleet_step (
                device_id TEXT NOT NULL, seq INTEGER NOT NULL,
                from_state TEXT NOT NULL, to_state TEXT NOT NULL, at_millis INTEGER NOT NULL,
                who TEXT NOT NULL, note TEXT NOT NULL,
                PRIMARY KEY (device_id, seq));
            CREATE TABLE fleet_acceptance (
                device_id TEXT NOT NULL, seq INTEGER NOT NULL, at_millis INTEGER NOT NULL, who TEXT NOT NULL,
                attempts INTEGER NOT NULL, reads INTEGER NOT NULL,
                median_micros INTEGER NOT NULL, slowest_micros INTEGER NOT NULL, missing TEXT NOT NULL,
                PRIMARY KEY (device_id, seq));
            CREATE TABLE fleet_counter (
                device_id TEXT NOT NULL, counter TEXT NOT NULL, total INTEGER NOT NULL,
                PRIMARY KEY (device_id, counter));
            CREATE TABLE fleet_task (
                device_id TEXT NOT NULL, code TEXT NOT NULL,
                due_day INTEGER NOT NULL, every_days INTEGER NOT NULL, done_day INTEGER,
                PRIMARY KEY (device_id, code));
            CREATE INDEX fleet_task_due ON fleet_task (due_day);
            CREATE TABLE fleet_task_done (
                device_id TEXT NOT NULL, seq INTEGER NOT NULL,
                code TEXT NOT NULL, done_day INTEGER NOT NULL, at_millis INTEGER NOT NULL,
                who TEXT NOT NULL, note TEXT NOT NULL,
                PRIMARY KEY (device_id, seq));
            """);

    private static final String COLUMNS =
            "device_id, kind, place, serial, firmware, bought_day, installed_day, state, since_millis, seen_millis";

    private FleetTables() {}

    static boolean insert(Connection connection, Device device) throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO fleet_device (device_id, kind, place, serial, bought_day, state, since_millis)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        device.id().value(),
                        device.kind().value(),
                        device.place(),
                        device.serial(),
                        device.bought().toEpochDay(),
                        device.state().name(),
                        device.since().toEpochMilli())
                == 1;
    }

    static Optional<Device> find(Connection connection, DeviceId id) throws SQLException {
        return Sql.first(
                connection,
                FleetTables::device,
                "SELECT " + COLUMNS + " FROM fleet_device WHERE device_id = ?",
                id.value());
    }

    static List<Device> list(Connection connection, String after, int limit) throws SQLException {
        return Sql.list(
                connection,
                FleetTables::device,
                "SELECT " + COLUMNS + " FROM fleet_device WHERE device_id > ? ORDER BY device_id LIMIT ?",
                after,
                limit);
    }

    static int place(Connection connection, DeviceId id, String place, LocalDate on) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE fleet_device SET place = ?, installed_day = ? WHERE device_id = ?",
                place,
                on.toEpochDay(),
                id.value());
    }

    /** A condition on where it was, so that of two who move it at once one does. */
    static boolean move(Connection connection, Device device, DeviceState to, Instant at) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE fleet_device SET state = ?, since_millis = ? WHERE device_id = ? AND state = ?"
                                + " AND since_millis = ?",
                        to.name(),
                        at.toEpochMilli(),
                        device.id().value(),
                        device.state().name(),
                        device.since().toEpochMilli())
                == 1;
    }

    static void step(Connection connection, LifeStep step) throws SQLException {
        String from = step.from().map(Enum::name).orElse("");
        Sql.update(
                connection,
                "INSERT INTO fleet_step (device_id, seq, from_state, to_state, at_millis, who, note)"
                        + " SELECT ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ? FROM fleet_step WHERE device_id = ?",
                step.device().value(),
                from,
                step.to().name(),
                step.at().toEpochMilli(),
                step.who().map(PersonId::value).orElse(""),
                step.note(),
                step.device().value());
    }

    static List<LifeStep> life(Connection connection, DeviceId id) throws SQLException {
        return Sql.list(
                connection,
                row -> new LifeStep(
                        id,
                        text(row, "from_state").map(DeviceState::valueOf),
                        DeviceState.valueOf(row.getString("to_state")),
                        Instant.ofEpochMilli(row.getLong("at_millis")),
                        text(row, "who").map(PersonId::of),
                        row.getString("note")),
                "SELECT from_state, to_state, at_millis, who, note FROM fleet_step WHERE device_id = ? ORDER BY seq",
                id.value());
    }

    static int accept(Connection connection, DeviceId id, AcceptanceResult result, Instant at, PersonId who)
            throws SQLException {
        StringBuilder missing = new StringBuilder();
        result.missing()
                .forEach(reason -> missing.append(reason.code())
                        .append(' ')
                        .append(reason.text())
                        .append('\n'));
        return Sql.update(
                connection,
                "INSERT INTO fleet_acceptance (device_id, seq, at_millis, who, attempts, reads, median_micros,"
                        + " slowest_micros, missing) SELECT ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?"
                        + " FROM fleet_acceptance WHERE device_id = ?",
                id.value(),
                at.toEpochMilli(),
                who.value(),
                (long) result.attempts(),
                (long) result.reads(),
                result.median().toNanos() / 1_000,
                result.slowest().toNanos() / 1_000,
                missing.toString(),
                id.value());
    }

    static List<AcceptanceResult> acceptances(Connection connection, DeviceId id) throws SQLException {
        return Sql.list(
                connection,
                row -> new AcceptanceResult(
                        row.getInt("attempts"),
                        row.getInt("reads"),
                        micros(row.getLong("median_micros")),
                        micros(row.getLong("slowest_micros")),
                        reasons(row.getString("missing"))),
                "SELECT attempts, reads, median_micros, slowest_micros, missing FROM fleet_acceptance"
                        + " WHERE device_id = ? ORDER BY seq",
                id.value());
    }

    static boolean firmware(Connection connection, DeviceId id, FirmwareVersion version) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE fleet_device SET firmware = ? WHERE device_id = ?",
                        version.toString(),
                        id.value())
                == 1;
    }

    static void seen(Connection connection, DeviceId id, Instant at) throws SQLException {
        Sql.update(
                connection,
                "UPDATE fleet_device SET seen_millis = ? WHERE device_id = ? AND COALESCE(seen_millis, -1) < ?",
                at.toEpochMilli(),
                id.value(),
                at.toEpochMilli());
    }

    /** Of devices that are registered; whoever else is heard of counts for nothing. */
    static void count(Connection connection, DeviceId id, Map<String, Long> more) throws SQLException {
        for (Map.Entry<String, Long> each : more.entrySet()) {
            Sql.update(
                    connection,
                    "INSERT INTO fleet_counter (device_id, counter, total) SELECT device_id, ?, 0 FROM fleet_device"
                            + " WHERE device_id = ? ON CONFLICT DO NOTHING",
                    each.getKey(),
                    id.value());
            Sql.update(
                    connection,
                    "UPDATE fleet_counter SET total = total + ? WHERE device_id = ? AND counter = ?",
                    each.getValue(),
                    id.value(),
                    each.getKey());
        }
    }

    static Map<String, Long> counters(Connection connection, DeviceId id) throws SQLException {
        Map<String, Long> counters = new TreeMap<>();
        Sql.list(
                        connection,
                        row -> Map.entry(row.getString("counter"), row.getLong("total")),
                        "SELECT counter, total FROM fleet_counter WHERE device_id = ?",
                        id.value())
                .forEach(each -> counters.put(each.getKey(), each.getValue()));
        return counters;
    }

    static List<Device> silent(Connection connection, Instant moment) throws SQLException {
        return Sql.list(
                connection,
                FleetTables::device,
                "SELECT " + COLUMNS + " FROM fleet_device WHERE state = 'IN_SERVICE'"
                        + " AND since_millis < ? AND COALESCE(seen_millis, -1) < ? ORDER BY device_id",
                moment.toEpochMilli(),
                moment.toEpochMilli());
    }

    static int forget(Connection connection, PersonId person) throws SQLException {
        int places = 0;
        for (String table : List.of("fleet_step", "fleet_acceptance", "fleet_task_done")) {
            places += Sql.update(connection, "UPDATE " + table + " SET who = '' WHERE who = ?", person.value());
        }
        return places;
    }

    private static Device device(ResultSet row) throws SQLException {
        return new Device(
                DeviceId.of(row.getString("device_id")),
                DeviceKind.of(row.getString("kind")),
                row.getString("place"),
                row.getString("serial"),
                text(row, "firmware").map(FirmwareVersion::parse),
                LocalDate.ofEpochDay(row.getLong("bought_day")),
                number(row, "installed_day").map(LocalDate::ofEpochDay),
                DeviceState.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("since_millis")),
                number(row, "seen_millis").map(Instant::ofEpochMilli));
    }

    static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        @Nullable String value = row.getString(column);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static Duration micros(long value) {
        return Duration.ofNanos(value * 1_000);
    }

    private static List<Reason> reasons(String lines) {
        List<Reason> reasons = new ArrayList<>();
        lines.lines().forEach(line -> {
            int space = line.indexOf(' ');
            reasons.add(Reason.of(line.substring(0, space), line.substring(space + 1)));
        });
        return reasons;
    }
}
