package io.gatehouse.policy.watch;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.policy.watch.WatchEvent.Subject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule's scope at a site. Immutable and thread-safe. */
final class Reach {
    private final Scope scope;
    /** Null if the scope names none. */
    private final boolean @Nullable [] zones;

    private final boolean @Nullable [] portals;

    Reach(WatchRule rule, Places places) {
        this.scope = rule.scope();
        this.zones = scope.zones().isEmpty() ? null : places.within(scope.zones(), rule.id());
        boolean[] named = scope.portals().isEmpty() ? null : new boolean[places.portals()];
        if (named != null) {
            for (PortalId id : scope.portals()) {
                named[places.requirePortal(id, rule.id())] = true;
            }
        }
        this.portals = named;
    }

    /** Whether the rule looks at this event. */
    boolean matches(Sighting sighting) {
        if (zones != null && (sighting.zone() < 0 || !zones[sighting.zone()])) {
            return false;
        }
        if (portals != null && (sighting.portal() < 0 || !portals[sighting.portal()])) {
            return false;
        }
        return matches(sighting.event().subject());
    }

    boolean matches(Optional<Subject> subject) {
        if (!scope.needsPeople()) {
            return true;
        }
        if (subject.isEmpty()) {
            return false;
        }
        Subject who = subject.get();
        boolean isKind = scope.kinds().isEmpty()
                || (who.kind().isPresent() && scope.kinds().contains(who.kind().get()));
        return isKind && (scope.groups().isEmpty() || scope.groups().stream().anyMatch(who.groups()::contains));
    }

    /** Whether who is in this zone is in what the rule is about; without zones, that is anywhere but outside. */
    boolean isInside(int zone) {
        return zones == null ? zone != Places.OUTSIDE : zones[zone];
    }
}
