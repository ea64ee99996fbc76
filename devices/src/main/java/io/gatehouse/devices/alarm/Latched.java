package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is latched, in memory first and on the disk as soon as that takes it. Thread-safe. */
final class Latched {
    private static final Logger LOG = System.getLogger(Latched.class.getName());

    private final Optional<AlarmLatch> latch;
    private final Object saving = new Object();
    private List<Alarm> alarms = List.of();

    Latched(Optional<AlarmLatch> latch) {
        this.latch = latch;
    }

    /** What an earlier run left; what cannot be read counts as fire everywhere. */
    void load(Instant now) {
        List<Alarm> found;
        try {
            found = latch.isPresent() ? latch.get().load() : List.of();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "what was latched cannot be told, so it counts as fire everywhere", e);
            found = List.of(
                    new Alarm(Alarm.Kind.FIRE, Alarm.EVERYWHERE, "The alarm latch is damaged: " + e.getMessage(), now));
        }
        set(found);
    }

    synchronized List<Alarm> all() {
        return alarms;
    }

    /** The first cause stays. */
    synchronized void add(Alarm alarm) {
        if (alarms.stream().noneMatch(each -> each.isSameAs(alarm.kind(), alarm.scope()))) {
            List<Alarm> more = new ArrayList<>(alarms);
            more.add(alarm);
            alarms = List.copyOf(more);
        }
    }

    synchronized void remove(Predicate<Alarm> ended) {
        alarms = alarms.stream().filter(ended.negate()).toList();
    }

    private synchronized void set(List<Alarm> found) {
        alarms = List.copyOf(found);
    }

    /** Writes what is latched at this moment; one after the other, so that the last writes the newest. */
    Actuation save() {
        if (latch.isEmpty()) {
            return notSaved("alarm.no-latch", "There is no file for alarms: %s.", "they end with the program");
        }
        synchronized (saving) {
            try {
                latch.get().save(all());
                return new Actuation.Done();
            } catch (IOException e) {
                LOG.log(Level.ERROR, "an alarm will not last over a restart", e);
                return notSaved(
                        "alarm.not-durable",
                        "The alarm will not last over a restart: %s.",
                        String.valueOf(e.getMessage()));
            }
        }
    }

    private static Actuation notSaved(String code, String format, String why) {
        return new Actuation.Failed(Reason.format(code, format, why));
    }
}
