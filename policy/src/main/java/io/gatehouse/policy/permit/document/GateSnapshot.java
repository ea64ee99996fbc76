package io.gatehouse.policy.permit.document;

import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that matter at some portals, for a gate without a line: those that can hold at one of them in either direction, and no
 * others. Immutable and thread-safe.
 *
 * <p>With it goes how the clock on the wall will run while it is valid: a gate whose time-zone data say otherwise would open at
 * other hours than the rules mean, so it refuses the snapshot.
 *
 * @param policy   the rules, at their version
 * @param portals  what they are for
 * @param issuedAt when they were taken
 * @param maxAge   how long the gate may decide by them
 */
public record GateSnapshot(PolicySet policy, Set<PortalId> portals, Instant issuedAt, Duration maxAge) {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int LINES = 4;

    public GateSnapshot {
        portals = Set.copyOf(portals);
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(issuedAt, "issuedAt");
        if (maxAge.isNegative() || maxAge.isZero() || maxAge.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a snapshot is valid for more than zero and up to 366 days, not " + maxAge);
        }
    }

    /** Takes from a policy what these portals need. */
    public static GateSnapshot of(
            PolicySet policy, Site site, Set<PortalId> portals, Instant issuedAt, Duration maxAge) {
        List<Portal> here = portals.stream()
                .map(id -> site.portal(id)
                        .orElseThrow(() -> new IllegalArgumentException(site.name() + " has no portal " + id)))
                .toList();
        List<Rule> rules = policy.rules().stream()
                .filter(rule ->
                        rule.operation().isEmpty() && here.stream().anyMatch(portal -> holds(rule, site, portal)))
                .toList();
        return new GateSnapshot(
                new PolicySet(policy.version(), rules, policy.groups(), policy.alerts(), policy.approvals()),
                portals,
                issuedAt,
                maxAge);
    }

    private static boolean holds(Rule rule, Site site, Portal portal) {
        return Arrays.stream(Direction.values())
                .anyMatch(direction -> rule.where().includesDirection(direction)
                        && rule.where().includesPlace(site, portal, direction));
    }

    /** The first moment at which it is too old. */
    public Instant expiresAt() {
        return issuedAt.plus(maxAge);
    }

    /** Lines of text, an empty one, and the policy as a document. */
    byte[] bytes(Site site) {
        String portalIds = String.join(
                " ", new TreeSet<>(portals.stream().map(PortalId::value).toList()));
        byte[] head = String.join("\n", issuedAt.toString(), maxAge.toString(), portalIds, clock(site), "", "")
                .getBytes(StandardCharsets.UTF_8);
        byte[] rules = PermitWriter.write(policy);
        byte[] all = Arrays.copyOf(head, head.length + rules.length);
        System.arraycopy(rules, 0, all, head.length, rules.length);
        return all;
    }

    /** What stands before the policy; throws {@link IllegalArgumentException} if it is none. */
    record Head(Instant issuedAt, Duration maxAge, Set<PortalId> portals, String clock, byte[] policy) {
        static Head read(byte[] payload) {
            int end = 0;
            for (int line = 0; line <= LINES; line++) {
                while (end < payload.length && payload[end] != '\n') {
                    end++;
                }
                end++;
            }
            if (end > payload.length) {
                throw new IllegalArgumentException("a snapshot ends before its rules");
            }
            String[] lines = new String(payload, 0, end, StandardCharsets.UTF_8).split("\n", -1);
            try {
                Set<PortalId> portals = new HashSet<>();
                for (String id : lines[2].split(" ", -1)) {
                    portals.add(PortalId.of(id));
                }
                return new Head(
                        Instant.parse(lines[0]),
                        Duration.parse(lines[1]),
                        portals,
                        lines[3],
                        Arrays.copyOfRange(payload, end, payload.length));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("a snapshot has no readable time", e);
            }
        }
    }

    /** For each time zone that the rules use, its offset in seconds and the changes until a day after the snapshot ends. */
    String clock(Site site) {
        Set<String> zones = new TreeSet<>(Set.of(site.timeZone().getId()));
        policy.rules().forEach(rule -> rule.when().timeZone().map(ZoneId::getId).ifPresent(zones::add));
        StringBuilder clock = new StringBuilder();
        Instant last = expiresAt().plus(Duration.ofDays(1));
        for (String zone : zones) {
            ZoneRules rules = ZoneId.of(zone).getRules();
            clock.append(clock.length() == 0 ? "" : " ").append(zone).append(':');
            clock.append(rules.getOffset(issuedAt).getTotalSeconds());
            ZoneOffsetTransition next = rules.nextTransition(issuedAt);
            while (next != null && next.getInstant().isBefore(last)) {
                clock.append(',').append(next.toEpochSecond()).append(',');
                clock.append(next.getOffsetAfter().getTotalSeconds());
                next = rules.nextTransition(next.getInstant());
            }
        }
        return clock.toString();
    }
}
