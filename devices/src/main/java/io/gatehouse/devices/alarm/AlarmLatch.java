package io.gatehouse.devices.alarm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Port to where alarms last over a restart. It needs no database and no network, for an alarm works without. Thread-safe.
 */
public interface AlarmLatch {
    /**
     * What was saved last; empty if nothing ever was.
     *
     * @throws IOException if it cannot be told: whoever asks takes it for fire everywhere
     */
    List<Alarm> load() throws IOException;

    /** Keeps these in the place of what was there, all or nothing, durably. */
    void save(List<Alarm> alarms) throws IOException;

    /** Whether doors of this group, built now, start released: there is fire, or nobody can tell. */
    default boolean isFire(String group) {
        try {
            return load().stream()
                    .anyMatch(alarm -> alarm.isSameAs(Alarm.Kind.FIRE, group)
                            || alarm.isSameAs(Alarm.Kind.FIRE, Alarm.EVERYWHERE));
        } catch (IOException e) {
            return true;
        }
    }

    /** A small file of its own, replaced as a whole; its directory must be there. */
    static AlarmLatch file(Path file) {
        return new FileLatch(file);
    }
}
