package io.gatehouse.core.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * Port to when backups are taken and which of them stay. Implementations are free of effects and thread-safe.
 *
 * <p>What stays decides how long a shredded key lives on: in every backup that was taken before the shredding, until that
 * backup is dropped. {@link BackupRun.Taken#oldest} says how far that is.
 */
public interface BackupSchedule {
    /**
     * When the next backup is due; at once if that is past. However many were missed, one is taken.
     *
     * @param last the newest backup, which was not taken after {@code now}
     */
    Instant due(Backup last, Instant now);

    /**
     * Which backups stay, by number. The newest stays whatever the answer.
     *
     * @param backups oldest first
     */
    Set<Long> kept(List<Backup> backups, Instant now);

    /** How long after a failure it is tried again. */
    default Duration retryAfter() {
        return Duration.ofMinutes(5);
    }

    /**
     * A backup this long after the last one; the newest stay. A shredded key is in no backup any more after
     * {@code interval} × {@code newest}, if no backup failed meanwhile.
     *
     * @param interval at least a second
     * @param newest   how many stay, at least 1
     */
    static BackupSchedule every(Duration interval, int newest) {
        return new IntervalSchedule(interval, newest);
    }

    /**
     * A backup a day at this time of day; of each of the last days, weeks and months the newest one stays, counted by the
     * calendar with the running one as the first. A shredded key is in no backup any more when the longest of these spans
     * is over.
     *
     * @param at     where a clock change leaves this time out, the time after it
     * @param zone   whose days, weeks (from Monday) and months these are
     * @param days   at least 1
     * @param weeks  at least 0
     * @param months at least 0
     */
    static BackupSchedule daily(LocalTime at, ZoneId zone, int days, int weeks, int months) {
        return new GenerationSchedule(at, zone, days, weeks, months);
    }
}
