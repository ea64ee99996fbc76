package io.gatehouse.examples.quickstart.premises;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.ZoneId;
import java.util.List;

/** The site of the play, an office with a laboratory behind it, and its rules. */
public final class SiteMap {
    static final ZoneId TIME_ZONE = ZoneId.of("Europe/Berlin");
    static final String STAFF = "staff";
    static final String LABORATORY_TEAM = "laboratory-team";

    private static final ZoneCode OFFICE = ZoneCode.of("office");
    private static final ZoneCode LABORATORY = ZoneCode.of("laboratory");

    static final Portal ENTRANCE =
            new Portal(PortalId.of("entrance"), "Main entrance", PortalKind.TURNSTILE, ZoneCode.OUTSIDE, OFFICE);
    static final Portal LABORATORY_DOOR =
            new Portal(PortalId.of("laboratory-door"), "Laboratory door", PortalKind.DOOR, OFFICE, LABORATORY);

    private static final String OPENS = "07:00";
    private static final String CLOSES = "19:00";

    private SiteMap() {}

    static Site site() {
        return new Site(
                "Harbour Street",
                TIME_ZONE,
                List.of(Zone.of(OFFICE.value(), "Office"), Zone.of(LABORATORY.value(), "Laboratory")),
                List.of(ENTRANCE, LABORATORY_DOOR));
    }

    static PolicySet rules() {
        return PolicySet.of(
                1,
                Rule.permit("staff-in-working-hours")
                        .groups(STAFF)
                        .zones(OFFICE)
                        .when(WeeklyHours.mondayToFriday(OPENS, CLOSES))
                        .methods(Method.FACE, Method.CODE, Method.CARD)
                        .build(),
                Rule.permit("laboratory-by-face-or-card")
                        .groups(LABORATORY_TEAM)
                        .zones(LABORATORY)
                        .when(WeeklyHours.mondayToFriday(OPENS, CLOSES))
                        .methods(Method.FACE, Method.CARD)
                        .build());
    }
}
