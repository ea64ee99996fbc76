package io.gatehouse.policy.permit;

import static io.gatehouse.policy.permit.Campus.GATE;
import static io.gatehouse.policy.permit.Campus.STAFF;
import static io.gatehouse.policy.permit.Campus.enter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlertAndReleaseTest {
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BO = PersonId.of("bo");
    private static final Rule ALL = Rule.permit("all").anybody().anywhere().build();
    private static final Rule LOCKED =
            Rule.forbid("locked").anybody().anywhere().alerts("lockdown").build();

    private final List<LedgerEvent> recorded = new ArrayList<>();
    private final PermitDecider decider = PermitDecider.builder(Campus.SITE, Campus.DIRECTORY)
            .events(recorded::add, InstantSource.fixed(Instant.parse("2026-05-04T08:00:00Z")))
            .build(policy(1));

    @Test
    @DisplayName("REG-8 a lockdown switches to other rules, takes two people, and outlasts a change of the rules")
    void alertSwitchesRules() throws IOException {
        assertThat(mayEnter()).isTrue();
        assertThatThrownBy(() -> decider.alert("lockdown", Set.of(ANNA))).hasMessageContaining("takes 2 people");
        decider.alert("lockdown", Set.of(ANNA, BO));
        assertThat(mayEnter()).isFalse();
        decider.use(policy(2));
        assertThat(decider.alert()).isEqualTo("lockdown");
        assertThat(mayEnter()).isFalse();
        decider.alert(PolicySet.NORMAL, Set.of(ANNA, BO));
        assertThat(mayEnter()).isTrue();
        assertThatThrownBy(() -> decider.alert("red", Set.of(ANNA, BO))).hasMessageContaining("lockdown");
        assertThat(recorded)
                .extracting(event -> event.kind() + " " + event.facts())
                .containsExactly("permit.alert {level=lockdown}", "permit.alert {level=normal}");
        assertThat(recorded.get(0).person()).contains(ANNA);
        assertThat(recorded.get(0).personalFacts()).containsEntry("second", "bo");
    }

    @Test
    @DisplayName("REG-8 an emergency release outranks every rule, also a lockdown, and is recorded")
    void releaseOutranksEveryRule() throws IOException {
        decider.alert("lockdown", Set.of(ANNA, BO));
        decider.release("fire in hall 2", Optional.empty());
        Decision decision = decider.decide(enter(STAFF, GATE));
        assertThat(decision.isGranted()).isTrue();
        assertThat(decision.fold(Decision.Granted::rules, denied -> List.<String>of()))
                .containsExactly(PermitDecider.RELEASE);
        decider.use(policy(2));
        assertThat(mayEnter()).isTrue();
        assertThatThrownBy(() -> decider.endRelease(Set.of(ANNA))).hasMessageContaining("takes 2 people");
        decider.endRelease(Set.of(ANNA, BO));
        assertThat(mayEnter()).isFalse();
        assertThat(recorded)
                .extracting(event -> event.kind().value())
                .containsExactly("permit.alert", "permit.release", "permit.release-ended");
    }

    @Test
    void releaseIsInForceEvenIfItCannotBeRecorded() {
        PermitDecider silent = PermitDecider.builder(Campus.SITE, Campus.DIRECTORY)
                .events(
                        event -> {
                            throw new IOException("disk full");
                        },
                        InstantSource.system())
                .build(PolicySet.of(1));
        assertThatThrownBy(() -> silent.release("fire", Optional.empty())).isInstanceOf(IOException.class);
        assertThat(silent.decide(enter(STAFF, GATE)).isGranted()).isTrue();
    }

    private boolean mayEnter() {
        return decider.decide(enter(STAFF, GATE)).isGranted();
    }

    private static PolicySet policy(long version) {
        return new PolicySet(version, List.of(ALL, LOCKED), GroupTree.undeclared(), Set.of("lockdown"), 2);
    }
}
