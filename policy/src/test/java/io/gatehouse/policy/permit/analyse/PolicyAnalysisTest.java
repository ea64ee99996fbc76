package io.gatehouse.policy.permit.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.policy.permit.analyse.RuleFinding.Certainty;
import io.gatehouse.policy.permit.analyse.RuleFinding.Kind;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Operation.Action;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolicyAnalysisTest {
    private static final Rule STAFF = Rule.permit("staff")
            .kinds(PersonKind.EMPLOYEE)
            .zones(SmallWorld.HOUSE)
            .build();

    @Test
    void findsNothingWhereEachRuleDecidesSomething() {
        Rule helmets = Rule.forbid("helmets")
                .anybody()
                .zones(SmallWorld.ROOM)
                .requires(Requirements.builder().equipment("helmet").build())
                .build();

        assertThat(findings(STAFF, helmets)).isEmpty();
    }

    @Test
    void findsRuleAboutWayThatTheSiteDoesNotHave() {
        Rule nowhere = Rule.permit("nowhere")
                .anybody()
                .zones(SmallWorld.ROOM)
                .portals(SmallWorld.GATE.id())
                .build();

        assertThat(findings(nowhere))
                .extracting(RuleFinding::kind, RuleFinding::certainty)
                .containsExactly(tuple(Kind.NEVER_FIRES, Certainty.SETTLED));
    }

    @Test
    void tellsOverFromNotYet() {
        Rule over = Rule.permit("over")
                .anybody()
                .anywhere()
                .when(Schedule.always().until(SmallWorld.FIRST.minusDays(1)))
                .build();
        Rule later = Rule.permit("later")
                .anybody()
                .anywhere()
                .when(Schedule.always().from(SmallWorld.FIRST.plusDays(90)))
                .build();

        assertThat(findings(over, later))
                .extracting(RuleFinding::rule, RuleFinding::kind, RuleFinding::certainty)
                .containsExactly(
                        tuple("over", Kind.NEVER_FIRES, Certainty.SETTLED),
                        tuple("later", Kind.NEVER_FIRES, Certainty.UNKNOWN));
    }

    @Test
    @DisplayName("ENT-4 a permit that two forbids cover together is shadowed by both")
    void findsShadowOfSeveral() {
        Rule day = Rule.forbid("day")
                .anybody()
                .anywhere()
                .when(WeeklyHours.daily("06:00", "18:00"))
                .build();
        Rule night = Rule.forbid("night")
                .anybody()
                .anywhere()
                .when(WeeklyHours.daily("18:00", "06:00"))
                .build();

        assertThat(findings(STAFF, day, night)).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo(Kind.SHADOWED);
            assertThat(it.by()).containsExactlyInAnyOrder("day", "night");
        });
    }

    @Test
    void findsPermitAndForbidOfTheSameSet() {
        Rule not = Rule.forbid("not")
                .kinds(PersonKind.EMPLOYEE)
                .zones(SmallWorld.HOUSE)
                .build();

        assertThat(findings(STAFF, not))
                .extracting(RuleFinding::kind)
                .containsExactly(Kind.SHADOWED, Kind.CONTRADICTORY);
    }

    @Test
    void findsRuleThatOthersMakeNeedless() {
        Rule wide = Rule.permit("wide").anybody().anywhere().build();

        assertThat(findings(STAFF, wide))
                .extracting(RuleFinding::rule, RuleFinding::kind, RuleFinding::by)
                .containsExactly(tuple("staff", Kind.REDUNDANT, List.of("wide")));
    }

    @Test
    void keepsRuleThatAsksForLessOrAddsAnObligation() {
        Rule strict = Rule.permit("strict")
                .anybody()
                .anywhere()
                .requires(Requirements.builder().approvals("night-work").build())
                .build();
        Rule told = Rule.permit("told")
                .kinds(PersonKind.VISITOR)
                .anywhere()
                .obligation("notify", "Tell the desk")
                .build();
        Rule wide = Rule.permit("wide").kinds(PersonKind.VISITOR).anywhere().build();

        assertThat(findings(STAFF, strict, told)).isEmpty();
        assertThat(findings(told, wide)).extracting(RuleFinding::rule).containsExactly("wide");
    }

    @Test
    void saysUnknownOfWhatDependsOnWhoIsWhere() {
        Rule few = Rule.permit("few")
                .anybody()
                .anywhere()
                .limits(new Limit.Occupancy(SmallWorld.ROOM, 5, Limit.OffLine.DENY))
                .build();

        assertThat(findings(STAFF, few))
                .extracting(RuleFinding::rule, RuleFinding::certainty)
                .containsExactly(tuple("staff", Certainty.UNKNOWN));
    }

    @Test
    void saysUnknownOfRulesAboutResourcesAndBeyondTheBudget() {
        Rule view = Rule.permit("view").anybody().may(Action.VIEW).build();
        Rule card =
                Rule.permit("card").anybody().anywhere().methods(Method.CARD).build();
        Rule wide = Rule.permit("wide").anybody().anywhere().build();
        AnalysisOptions little = new AnalysisOptions(SmallWorld.FIRST, 3, 1);

        assertThat(PolicyAnalysis.findings(SmallWorld.SITE, PolicySet.of(1, view, STAFF, card, wide), little))
                .filteredOn(it -> it.certainty() == Certainty.UNKNOWN)
                .extracting(RuleFinding::rule)
                .contains("view", "staff");
    }

    @Test
    void refusesImpossibleOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnalysisOptions(SmallWorld.FIRST, 0, 1))
                .withMessage("an analysis looks at 1 to 800 days, not 0");
    }

    private static List<RuleFinding> findings(Rule... rules) {
        return PolicyAnalysis.findings(SmallWorld.SITE, PolicySet.of(1, rules), SmallWorld.OPTIONS);
    }
}
