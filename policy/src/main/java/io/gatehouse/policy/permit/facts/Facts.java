package io.gatehouse.policy.permit.facts;

import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.policy.permit.rule.Operation.Action;
import io.gatehouse.policy.permit.rule.Operation.Resource;
import java.time.Instant;
import java.util.Objects;

/**
 * All that a decision depends on beside the rules: with the same rules and the same facts it is always the same. Immutable and
 * thread-safe.
 *
 * @param subject   who
 * @param asked     what they want
 * @param at        when
 * @param presented what was seen of them
 * @param standing  how they stand
 * @param site      who is where
 * @param offLine   whether the gate could not ask how things stand: then each limit says what holds
 */
public record Facts(
        Subject subject,
        Asked asked,
        Instant at,
        Presented presented,
        Standing standing,
        SiteFacts site,
        boolean offLine) {
    public Facts {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(presented, "presented");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(site, "site");
    }

    /** Somebody of whom nothing else is known wants to pass, on an empty site, on line. */
    public static Facts passing(
            Subject subject, PortalId portal, Direction direction, Instant at, Presented presented) {
        return new Facts(
                subject, new Passing(portal, direction), at, presented, Standing.none(), SiteFacts.empty(), false);
    }

    /** Somebody of whom nothing else is known wants to do something. */
    public static Facts doing(Subject subject, Action action, Resource resource, Instant at) {
        return new Facts(
                subject,
                new Doing(action, resource),
                at,
                Presented.nothing(),
                Standing.none(),
                SiteFacts.empty(),
                false);
    }

    /** The same with how the person stands. */
    public Facts with(Standing other) {
        return new Facts(subject, asked, at, presented, other, site, offLine);
    }

    /** The same with who is where. */
    public Facts with(SiteFacts other) {
        return new Facts(subject, asked, at, presented, standing, other, offLine);
    }

    /** The same at another moment. */
    public Facts at(Instant other) {
        return new Facts(subject, asked, other, presented, standing, site, offLine);
    }

    /** The same for another wish. */
    public Facts asking(Asked other) {
        return new Facts(subject, other, at, presented, standing, site, offLine);
    }

    /** The same at a gate that cannot ask how things stand. */
    public Facts withoutLine() {
        return new Facts(subject, asked, at, presented, standing, site, true);
    }

    /** What somebody wants. */
    public sealed interface Asked {}

    /** To pass a portal. */
    public record Passing(PortalId portal, Direction direction) implements Asked {
        public Passing {
            Objects.requireNonNull(portal, "portal");
            Objects.requireNonNull(direction, "direction");
        }
    }

    /** To do something with a resource. */
    public record Doing(Action action, Resource resource) implements Asked {
        public Doing {
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(resource, "resource");
        }
    }
}
