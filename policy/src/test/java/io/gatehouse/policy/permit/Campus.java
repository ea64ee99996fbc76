package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.identity.Directory;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A campus with a building in which there are an office, a laboratory and, within that, a store for poisons. */
final class Campus {
    static final ZoneCode CAMPUS = ZoneCode.of("campus");
    static final ZoneCode BUILDING = ZoneCode.of("building");
    static final ZoneCode OFFICE = ZoneCode.of("office");
    static final ZoneCode LABORATORY = ZoneCode.of("laboratory");
    static final ZoneCode POISONS = ZoneCode.of("poisons");

    static final Portal GATE = portal("gate", "Main gate", ZoneCode.OUTSIDE, CAMPUS);
    static final Portal HALL = portal("hall", "Hall door", CAMPUS, BUILDING);
    static final Portal OFFICE_DOOR = portal("office-door", "Office door", BUILDING, OFFICE);
    static final Portal SIDE_DOOR = portal("side-door", "Side door", CAMPUS, OFFICE);
    static final Portal LAB_DOOR = portal("lab-door", "Laboratory door", BUILDING, LABORATORY);
    static final Portal CABINET = portal("cabinet", "Poisons cabinet", LABORATORY, POISONS);
    static final List<Portal> PORTALS = List.of(GATE, HALL, OFFICE_DOOR, SIDE_DOOR, LAB_DOOR, CABINET);

    static final Person STAFF = person("e1", PersonKind.EMPLOYEE, "office");
    static final Person CHEMIST = person("e2", PersonKind.EMPLOYEE, "laboratory");
    static final Person PLUMBER = person("c1", PersonKind.CONTRACTOR, "maintenance");
    static final Person GUEST = person("v1", PersonKind.VISITOR);
    static final List<Person> PEOPLE = List.of(STAFF, CHEMIST, PLUMBER, GUEST);

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final Site SITE = site(BERLIN);
    static final Directory DIRECTORY =
            id -> PEOPLE.stream().filter(person -> person.id().equals(id)).findFirst();

    private Campus() {}

    static Site site(ZoneId timeZone) {
        return new Site(
                "Campus",
                timeZone,
                List.of(
                        Zone.of("campus", "Campus"),
                        new Zone(BUILDING, "Building", Optional.of(CAMPUS)),
                        new Zone(OFFICE, "Office", Optional.of(BUILDING)),
                        new Zone(LABORATORY, "Laboratory", Optional.of(BUILDING)),
                        new Zone(POISONS, "Poisons", Optional.of(LABORATORY))),
                PORTALS);
    }

    /** Monday 5 January 2026, at this time in Berlin. */
    static Instant monday(String time) {
        return berlin("2026-01-05T" + time);
    }

    static Instant berlin(String localDateTime) {
        return LocalDateTime.parse(localDateTime).atZone(BERLIN).toInstant();
    }

    static PermitDecider decider(Rule... rules) {
        return PermitDecider.create(SITE, DIRECTORY, PolicySet.of(1, rules));
    }

    static AccessRequest enter(Person person, Portal portal, Method method, Instant at) {
        return new AccessRequest(Identity.Known.of(person.id(), method, 60), portal, Direction.ENTRY, at);
    }

    static AccessRequest enter(Person person, Portal portal) {
        return enter(person, portal, Method.CARD, monday("10:00"));
    }

    static AccessRequest leave(Person person, Portal portal) {
        return new AccessRequest(
                Identity.Known.of(person.id(), Method.CARD, 60), portal, Direction.EXIT, monday("10:00"));
    }

    static List<Reason> reasons(Decision decision) {
        return decision.fold(
                granted -> {
                    throw new AssertionError("granted by " + granted.rules());
                },
                Decision.Denied::reasons);
    }

    private static Portal portal(String id, String name, ZoneCode outer, ZoneCode inner) {
        return new Portal(PortalId.of(id), name, PortalKind.DOOR, outer, inner);
    }

    private static Person person(String id, PersonKind kind, String... groups) {
        return new Person(PersonId.of(id), "Person " + id, kind, Set.of(groups));
    }
}
