package io.gatehouse.policy.watch;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A rule found what it looks for. Immutable and thread-safe. The same rule over the same events finds the same, with the
 * same {@link #id}.
 *
 * @param rule     the rule's id
 * @param severity the rule's
 * @param reason   what was found, with a code for each pattern; names nobody
 * @param at       when it happened, or the time at which it was due
 * @param entry    the place in the ledger of what showed it, or of what was last seen of who is missing
 * @param subject  whom it is about, by what they go by in events
 * @param portal   where, if at a portal
 * @param zone     where, if in a zone
 */
public record Finding(
        String rule,
        Severity severity,
        Reason reason,
        Instant at,
        OptionalLong entry,
        Optional<String> subject,
        Optional<PortalId> portal,
        Optional<ZoneCode> zone) {
    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(zone, "zone");
    }

    /** The same for the same finding, whenever it is made. */
    public UUID id() {
        String name = String.join(
                "\n",
                rule,
                reason.code(),
                at.toString(),
                entry.isPresent() ? Long.toString(entry.getAsLong()) : "",
                subject.orElse(""),
                portal.map(PortalId::value).orElse(""),
                zone.map(ZoneCode::value).orElse(""));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the subject, for it may come into a log. */
    @Override
    public String toString() {
        return "Finding[" + rule + ", " + severity + ", " + at + ", " + reason + ", " + portal + ", " + zone + "]";
    }
}
