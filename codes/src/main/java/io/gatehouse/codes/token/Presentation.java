package io.gatehouse.codes.token;

import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * When and where a pass is shown. Immutable and thread-safe.
 *
 * @param at     the time
 * @param portal the portal, if it is shown at one
 * @param into   the zone that its holder would be in afterwards, if it is shown at a portal
 */
public record Presentation(Instant at, Optional<PortalId> portal, Optional<ZoneCode> into) {
    public Presentation {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(into, "into");
    }

    /** At a portal: zones and the bound gate are checked. */
    public static Presentation at(Checkpost checkpost) {
        return new Presentation(
                checkpost.at(),
                Optional.of(checkpost.portal().id()),
                Optional.of(checkpost.portal().destination(checkpost.direction())));
    }

    /** At a desk: whether the pass is genuine and valid now, wherever it may be used. */
    public static Presentation atDesk(Instant at) {
        return new Presentation(at, Optional.empty(), Optional.empty());
    }
}
