package io.gatehouse.policy.watch.alarm;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.watch.FindingSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Port: keeps alarms. Thread-safe. A finding that is taken raises an alarm, or counts for one of the same rule about the same
 * person, or if about nobody of the same portal and zone, that is not resolved; one that was taken before changes nothing.
 */
public interface AlarmRegister extends FindingSink {
    /**
     * Somebody looks after it.
     *
     * @param note in their words, at most 2,000 characters; may be empty
     * @return false, and nothing is changed, if somebody did so before or it is resolved
     * @throws IllegalArgumentException if there is no such alarm
     */
    boolean acknowledge(UUID alarm, PersonId by, String note) throws IOException;

    /**
     * It is over.
     *
     * @param note what it was and what was done, 1 to 2,000 characters
     * @return false, and nothing is changed, if it is resolved already
     * @throws IllegalArgumentException if there is no such alarm
     */
    boolean resolve(UUID alarm, PersonId by, String note) throws IOException;

    /** The alarm with this id. */
    Optional<Alarm> find(UUID alarm) throws IOException;

    /**
     * Alarms in these states, the newest first.
     *
     * @param limit at most so many, 1 to 10,000
     */
    List<Alarm> list(Set<AlarmState> states, int limit) throws IOException;

    /** Alarms about somebody, the newest first. */
    List<Alarm> about(PersonId person, int limit) throws IOException;
}
