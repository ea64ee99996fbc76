package io.gatehouse.policy.permit;

import static io.gatehouse.policy.permit.Campus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PermitDeciderTest {
    private static final Rule OFFICE_STAFF = Rule.permit("office-staff")
            .groups("office")
            .zones(OFFICE)
            .when(WeeklyHours.mondayToFriday("07:00", "19:00"))
            .methods(Method.CARD, Method.FACE)
            .build();

    @Test
    void refusesWhereNothingIsSaid() {
        assertThat(reasons(decider().decide(enter(STAFF, GATE))))
                .extracting(Reason::code)
                .containsExactly("permit.no-rule");
    }

    @Test
    void refusesWhoIsNotInTheDirectory() {
        PermitDecider nobody = PermitDecider.create(SITE, id -> Optional.empty(), PolicySet.of(1, OFFICE_STAFF));
        assertThat(reasons(nobody.decide(enter(STAFF, OFFICE_DOOR))))
                .extracting(Reason::code)
                .containsExactly("permit.unknown-person");
    }

    @Test
    void refusesPortalOfAnotherSite() {
        Portal elsewhere = new Portal(PortalId.of("elsewhere"), "Elsewhere", PortalKind.DOOR, ZoneCode.OUTSIDE, CAMPUS);
        Rule all = Rule.permit("all").anybody().anywhere().build();
        assertThat(reasons(decider(all).decide(enter(STAFF, elsewhere))))
                .extracting(Reason::code)
                .containsExactly("permit.unknown-portal");
    }

    @Test
    void grantNamesEveryRuleAndObligation() {
        Rule escorted = Rule.permit("visitors")
                .kinds(PersonKind.VISITOR)
                .zones(CAMPUS)
                .obligation("escort", "Fetch the host.")
                .message("Wear your badge.")
                .build();
        Rule open = Rule.permit("open-day").anybody().zones(CAMPUS).build();
        assertThat(decider(escorted, open).decide(enter(GUEST, GATE)))
                .isEqualTo(new Decision.Granted(
                        List.of("visitors", "open-day"),
                        List.of(
                                new Obligation("escort", "Fetch the host."),
                                new Obligation("message", "Wear your badge."))));
    }

    @Test
    void forbidWinsWithItsMessage() {
        Rule stop = Rule.forbid("suspended")
                .persons(STAFF.id())
                .anywhere()
                .message("Your badge is suspended: call 100.")
                .build();
        assertThat(reasons(decider(OFFICE_STAFF, stop).decide(enter(STAFF, OFFICE_DOOR))))
                .containsExactly(Reason.of("permit.forbidden", "Your badge is suspended: call 100."));
    }

    @Test
    @DisplayName("ENT-4 staff enter their department, managers the management area, maintenance once authorised")
    void permissionsByGroupAndArea() {
        Rule office = Rule.permit("office").groups("office").zones(OFFICE).build();
        Rule laboratory =
                Rule.permit("laboratory").groups("laboratory").zones(LABORATORY).build();
        Rule plumber = Rule.permit("repair-of-the-week")
                .groups("maintenance")
                .kinds(PersonKind.CONTRACTOR)
                .zones(BUILDING)
                .when(Schedule.always().from(LocalDate.of(2026, 1, 5)).until(LocalDate.of(2026, 1, 9)))
                .build();
        PermitDecider decider = decider(office, laboratory, plumber);
        assertThat(decider.decide(enter(STAFF, OFFICE_DOOR)).isGranted()).isTrue();
        assertThat(decider.decide(enter(STAFF, LAB_DOOR)).isGranted()).isFalse();
        assertThat(decider.decide(enter(CHEMIST, LAB_DOOR)).isGranted()).isTrue();
        assertThat(decider.decide(enter(CHEMIST, CABINET)).isGranted()).isTrue();
        assertThat(decider.decide(enter(CHEMIST, OFFICE_DOOR)).isGranted()).isFalse();
        assertThat(decider.decide(enter(PLUMBER, LAB_DOOR)).isGranted()).isTrue();
        assertThat(reasons(decider.decide(enter(PLUMBER, LAB_DOOR, Method.CARD, berlin("2026-01-10T00:00")))))
                .containsExactly(Reason.of("permit.ended", "Your permission for this place ended on 9 January 2026."));
    }

    @Test
    @DisplayName("REG-3 (part) an office takes card or face, a laboratory asks for a face")
    void methodsDifferByArea() {
        Rule laboratory = Rule.permit("lab")
                .groups("office")
                .zones(LABORATORY)
                .methods(Method.FACE)
                .build();
        PermitDecider decider = decider(OFFICE_STAFF, laboratory);
        assertThat(decider.decide(enter(STAFF, OFFICE_DOOR)).isGranted()).isTrue();
        assertThat(decider.decide(enter(STAFF, LAB_DOOR, Method.FACE, monday("10:00")))
                        .isGranted())
                .isTrue();
        assertThat(reasons(decider.decide(enter(STAFF, LAB_DOOR))))
                .containsExactly(Reason.of("permit.wrong-method", "Here you need: face; you used: card."));
    }

    @Test
    void saysFromWhenOne() {
        assertThat(reasons(decider(OFFICE_STAFF)
                        .decide(enter(STAFF, OFFICE_DOOR, Method.CARD, berlin("2026-01-03T12:00")))))
                .containsExactly(Reason.of("permit.outside-hours", "You may from 07:00 on Monday."));
        Rule later = Rule.permit("later")
                .groups("office")
                .zones(OFFICE)
                .when(Schedule.always().from(LocalDate.of(2026, 3, 2)))
                .build();
        assertThat(reasons(decider(later).decide(enter(STAFF, OFFICE_DOOR))))
                .containsExactly(Reason.of("permit.outside-hours", "You may from 00:00 on Monday, 2 March 2026."));
    }

    @Test
    void promisesNoOpeningThatAnotherRuleForbids() {
        Rule shut = Rule.forbid("january")
                .anybody()
                .anywhere()
                .when(Schedule.of(WeeklyHours.daily("06:00", "20:00")).until(LocalDate.of(2026, 1, 31)))
                .build();
        assertThat(reasons(decider(OFFICE_STAFF, shut).decide(enter(STAFF, OFFICE_DOOR, Method.CARD, monday("05:00")))))
                .containsExactly(Reason.of("permit.closed-now", "Your permission for this place does not hold now."));
    }

    @Test
    void namesTheAreasThatOneMayEnter() {
        assertThat(reasons(decider(OFFICE_STAFF).decide(enter(STAFF, LAB_DOOR))))
                .containsExactly(Reason.of(
                        "permit.wrong-zone", "Your permissions: Office; this is: Laboratory by Laboratory door."));
    }

    @Test
    void longListsOfAreasAreCutShort() {
        Rule much = Rule.permit("much")
                .anybody()
                .zones(OFFICE, LABORATORY, POISONS, ZoneCode.OUTSIDE, BUILDING)
                .portals(OFFICE_DOOR.id(), SIDE_DOOR.id())
                .build();
        assertThat(reasons(decider(much).decide(enter(STAFF, GATE))))
                .containsExactly(Reason.of(
                        "permit.wrong-zone",
                        "Your permissions: Building, Laboratory, Office, Office door, Poisons and 2 more; "
                                + "this is: Campus by Main gate."));
    }

    @Test
    void leavingIsAQuestionAboutTheZoneBehind() {
        Rule in = Rule.permit("in").anybody().zones(LABORATORY).build();
        Rule out = Rule.permit("out")
                .anybody()
                .anywhere()
                .direction(Direction.EXIT)
                .build();
        assertThat(reasons(decider(in).decide(leave(CHEMIST, LAB_DOOR))))
                .extracting(Reason::code)
                .containsExactly("permit.wrong-zone");
        assertThat(decider(in, out).decide(leave(CHEMIST, LAB_DOOR)).isGranted())
                .isTrue();
        assertThat(reasons(decider(out).decide(enter(CHEMIST, LAB_DOOR))))
                .containsExactly(
                        Reason.of("permit.wrong-direction", "Your permission here is for leaving, not for entering."));
    }

    @Test
    void refusesPolicyThatDoesNotFitAndKeepsTheOneInForce() {
        PermitDecider decider = decider(OFFICE_STAFF);
        Rule stray = Rule.permit("stray").anybody().zones(ZoneCode.of("moon")).build();
        assertThatThrownBy(() -> decider.use(PolicySet.of(2, stray)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stray")
                .hasMessageContaining("moon");
        Rule noDoor =
                Rule.permit("no-door").anybody().portals(PortalId.of("moon")).build();
        assertThatThrownBy(() -> decider.use(PolicySet.of(2, noDoor))).hasMessageContaining("portal moon");
        assertThatThrownBy(() -> decider.use(PolicySet.of(1))).hasMessageContaining("not above version 1");
        assertThat(decider.policy()).isEqualTo(PolicySet.of(1, OFFICE_STAFF));
    }

    @Test
    void decisionsNeverMixTwoPolicies() throws InterruptedException {
        PermitDecider decider = PermitDecider.create(SITE, DIRECTORY, versioned(1));
        AccessRequest request = enter(STAFF, GATE);
        AtomicBoolean done = new AtomicBoolean();
        Thread swapping = new Thread(() -> {
            for (long version = 2; version < 3_000; version++) {
                decider.use(versioned(version));
            }
            done.set(true);
        });
        swapping.start();
        while (!done.get()) {
            List<String> rules = decider.decide(request).fold(Decision.Granted::rules, denied -> List.of());
            assertThat(rules.stream().map(id -> id.substring(2)).distinct()).hasSize(1);
            assertThat(rules).hasSize(3);
        }
        swapping.join();
        assertThat(decider.policy().version()).isEqualTo(2_999);
    }

    @Test
    void refusesRulesThatCannotBeMeant() {
        assertThatThrownBy(() -> Rule.permit("x").anywhere().build()).hasMessageContaining("whom");
        assertThatThrownBy(() -> Rule.permit("x").anybody().build()).hasMessageContaining("where");
        assertThatThrownBy(
                        () -> Rule.permit("x").anybody().groups("g").anywhere().build())
                .hasMessageContaining("not both");
        assertThatThrownBy(() -> Rule.permit("X y").anybody().anywhere().build())
                .hasMessageContaining("X y");
        assertThatThrownBy(() -> Rule.forbid("x")
                        .anybody()
                        .anywhere()
                        .obligation("notify", "Desk")
                        .build())
                .hasMessageContaining("obligations");
        assertThatThrownBy(
                        () -> Rule.forbid("x").anybody().anywhere().message(" ").build())
                .hasMessageContaining("message");
        assertThatThrownBy(() -> Rule.permit("x").groups(" ").anywhere().build())
                .hasMessageContaining("group");
        assertThatThrownBy(() -> PolicySet.of(1, OFFICE_STAFF, OFFICE_STAFF))
                .hasMessageContaining("two rules office-staff");
        assertThatThrownBy(() -> PolicySet.of(0)).hasMessageContaining("0");
    }

    @Test
    void writesNoPersonIdsInText() {
        Rule rule =
                Rule.permit("one").persons(PersonId.of("secret-7")).anywhere().build();
        assertThat(rule.toString()).doesNotContain("secret-7").contains("1 persons");
    }

    private static PolicySet versioned(long version) {
        return PolicySet.of(version, all("a-" + version), all("b-" + version), all("c-" + version));
    }

    private static Rule all(String id) {
        return Rule.permit(id).anybody().anywhere().build();
    }
}
