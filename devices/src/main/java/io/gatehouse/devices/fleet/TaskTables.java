package io.gatehouse.devices.fleet;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.devices.internal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The statements on the tables of maintenance. Stateless. */
final class TaskTables {
    /** No day that anybody can mean. */
    private static final long NEVER = -999_999_999_999L;

    private TaskTables() {}

    static int plan(Connection connection, MaintenanceTask task) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM fleet_task WHERE device_id = ? AND code = ?",
                task.device().value(),
                task.code());
        return Sql.update(
                connection,
                "INSERT INTO fleet_task (device_id, code, due_day, every_days, done_day)"
                        + " VALUES (?, ?, ?, ?, NULLIF(?, " + NEVER + "))",
                task.device().value(),
                task.code(),
                task.due().toEpochDay(),
                task.everyDays().map(Integer::longValue).orElse(0L),
                task.lastDone().map(LocalDate::toEpochDay).orElse(NEVER));
    }

    static List<MaintenanceTask> due(Connection connection, LocalDate by) throws SQLException {
        return Sql.list(
                connection,
                row -> new MaintenanceTask(
                        DeviceId.of(row.getString("device_id")),
                        row.getString("code"),
                        LocalDate.ofEpochDay(row.getLong("due_day")),
                        Optional.of(row.getInt("every_days")).filter(days -> days > 0),
                        FleetTables.number(row, "done_day").map(LocalDate::ofEpochDay)),
                "SELECT t.device_id, t.code, t.due_day, t.every_days, t.done_day FROM fleet_task t"
                        + " JOIN fleet_device d ON d.device_id = t.device_id"
                        + " WHERE t.due_day <= ? AND d.state NOT IN ('REPLACED', 'SCRAPPED')"
                        + " ORDER BY t.due_day, t.device_id, t.code",
                by.toEpochDay());
    }

    /** What is due once is taken off the plan; what was done stays on record. */
    static boolean done(
            Connection connection, DeviceId id, String code, LocalDate on, Instant at, PersonId who, String note)
            throws SQLException {
        int again = Sql.update(
                connection,
                "UPDATE fleet_task SET done_day = ?, due_day = ? + every_days"
                        + " WHERE device_id = ? AND code = ? AND every_days > 0",
                on.toEpochDay(),
                on.toEpochDay(),
                id.value(),
                code);
        int once = again == 1
                ? 0
                : Sql.update(connection, "DELETE FROM fleet_task WHERE device_id = ? AND code = ?", id.value(), code);
        if (again + once != 1) {
            return false;
        }
        Sql.update(
                connection,
                "INSERT INTO fleet_task_done (device_id, seq, code, done_day, at_millis, who, note)"
                        + " SELECT ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ? FROM fleet_task_done WHERE device_id = ?",
                id.value(),
                code,
                on.toEpochDay(),
                at.toEpochMilli(),
                who.value(),
                note,
                id.value());
        return true;
    }
}
