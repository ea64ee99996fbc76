package io.gatehouse.policy.watch;

import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.util.Objects;
import java.util.Set;

/**
 * What a rule looks at. Each part that is empty leaves nothing out; what is given in several parts must hold in each.
 * Immutable and thread-safe.
 *
 * @param zones   zones that are passed into, with all that lies in them
 * @param portals portals
 * @param kinds   what people are to the site; somebody of whom it is not known is none of them
 * @param groups  departments, posts and teams, of which a person is in at least one
 */
public record Scope(Set<ZoneCode> zones, Set<PortalId> portals, Set<PersonKind> kinds, Set<String> groups) {
    public Scope {
        zones = Set.copyOf(zones);
        portals = Set.copyOf(portals);
        kinds = Set.copyOf(kinds);
        groups = Set.copyOf(groups);
        if (groups.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a group of a rule is not blank");
        }
    }

    /** Everywhere, everybody. */
    public static Scope all() {
        return new Scope(Set.of(), Set.of(), Set.of(), Set.of());
    }

    public static Scope ofZones(ZoneCode... zones) {
        return new Scope(Set.of(zones), Set.of(), Set.of(), Set.of());
    }

    /** The same for people of these kinds only. */
    public Scope kinds(PersonKind... only) {
        return new Scope(zones, portals, Set.of(only), groups);
    }

    /** The same at these portals only. */
    public Scope portals(PortalId... only) {
        return new Scope(zones, Set.of(only), kinds, groups);
    }

    /** The same for people of these groups only. */
    public Scope groups(Set<String> only) {
        return new Scope(zones, portals, kinds, Objects.requireNonNull(only, "only"));
    }

    /** Whether it depends on who somebody is. */
    boolean needsPeople() {
        return !kinds.isEmpty() || !groups.isEmpty();
    }
}
