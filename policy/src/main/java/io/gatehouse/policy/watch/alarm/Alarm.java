package io.gatehouse.policy.watch.alarm;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.watch.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An alarm as it stands. Immutable and thread-safe; {@code toString} leaves the person out.
 *
 * @param id       unique; that of the first finding
 * @param rule     the rule that found it
 * @param severity the rule's
 * @param reason   what was found first
 * @param first    when that happened
 * @param latest   when it happened last while the alarm was open
 * @param count    how many findings it stands for
 * @param person   whom it is about; empty if nobody, or nobody can tell any more
 * @param portal   where, if at a portal
 * @param zone     where, if in a zone
 * @param entry    the place in the ledger of what was found first
 * @param steps    what was done, the raising first
 */
public record Alarm(
        UUID id,
        String rule,
        Severity severity,
        Reason reason,
        Instant first,
        Instant latest,
        int count,
        Optional<PersonId> person,
        Optional<PortalId> portal,
        Optional<ZoneCode> zone,
        OptionalLong entry,
        List<AlarmStep> steps) {
    public Alarm {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(latest, "latest");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(entry, "entry");
        steps = List.copyOf(steps);
        if (steps.isEmpty() || count < 1) {
            throw new IllegalArgumentException("alarm " + id + " has neither begun nor been found");
        }
    }

    public AlarmState state() {
        return steps.get(steps.size() - 1).state();
    }

    @Override
    public String toString() {
        return "Alarm[" + id + ", " + rule + ", " + severity + ", " + state() + ", " + first + ", " + count + " times]";
    }
}
