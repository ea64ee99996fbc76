package io.gatehouse.core.presence;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a movement goes with where somebody was. Never changed once made. */
final class Pairing {
    private final Map<PortalId, Portal> portals = new HashMap<>();

    Pairing(PresenceOptions options) {
        options.site().ifPresent(site -> site.portals().forEach(portal -> portals.put(portal.id(), portal)));
    }

    /** What does not go together; null if all does. Of two places where somebody may be, either will do. */
    Anomaly.@Nullable Kind unpaired(Outline entry, Place place, ZoneCode to) {
        Anomaly.Kind certain = unpaired(entry, place.zone, to);
        ZoneCode maybe = place.maybe;
        return certain == null || maybe == null || unpaired(entry, maybe, to) != null ? certain : null;
    }

    private Anomaly.@Nullable Kind unpaired(Outline entry, ZoneCode from, ZoneCode to) {
        if (from.equals(to)) {
            if (to.equals(ZoneCode.OUTSIDE)) {
                return Anomaly.Kind.EXIT_WITHOUT_ENTRY;
            }
            // A sensor that confirms what the door said is no second entry.
            return entry.kind().equals(EventKind.PASSAGE) ? null : Anomaly.Kind.ENTRY_TWICE;
        }
        ZoneCode source = source(entry);
        return source == null || source.equals(from) ? null : Anomaly.Kind.MISSED_PASSAGE;
    }

    /** The zone that the door leads from, if that is known. */
    @Nullable
    ZoneCode source(Outline entry) {
        if (entry.kind().equals(PresenceCorrection.KIND)) {
            return PresenceCorrection.from(entry.facts());
        }
        Portal portal =
                entry.portal().isEmpty() ? null : portals.get(entry.portal().get());
        String direction = entry.facts().get("direction");
        if (portal == null || direction == null) {
            return null;
        }
        return portal.destination(direction.equals("entry") ? Direction.EXIT : Direction.ENTRY);
    }
}
