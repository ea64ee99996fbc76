package io.gatehouse.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A backup so long after the last; so many stay. */
record IntervalSchedule(Duration interval, int newest) implements BackupSchedule {
    IntervalSchedule {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0 || newest < 1) {
            throw new IllegalArgumentException(
                    "backups are at least a second apart and at least 1 stays, not " + interval + " and " + newest);
        }
    }

    @Override
    public Instant due(Backup last, Instant now) {
        return last.takenAt().plus(interval);
    }

    @Override
    public Set<Long> kept(List<Backup> backups, Instant now) {
        return backups.subList(Math.max(0, backups.size() - newest), backups.size()).stream()
                .map(Backup::number)
                .collect(Collectors.toUnmodifiableSet());
    }
}
