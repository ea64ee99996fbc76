package io.gatehouse.policy.permit.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.permit.Campuses;
import io.gatehouse.policy.permit.CompiledPolicy;
import io.gatehouse.policy.permit.Condition;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GateRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-20T08:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final PolicySigner SERVER = PolicySigner.generate("snapshots", "Server", new SecureRandom());
    private static final PortalId GATE = PortalId.of("gate");

    private final Names names = Names.create();
    private final GateRules gate = GateRules.create(Campuses.SITE, SERVER.key(), names, DocumentLimits.standard());

    @Test
    @DisplayName(
            "ENT-8 a gate without a line decides as one with it, but by its rules for what needs to know who is where")
    void decidesOffLineAsOnLine() {
        long seed = System.nanoTime();
        System.out.println("decidesOffLineAsOnLine seed " + seed);
        Random random = new Random(seed);
        int passing = 0;
        for (int i = 0; i < 300; i++) {
            PolicySet policy = Campuses.randomPolicy(random).as(i + 1);
            CompiledPolicy whole = CompiledPolicy.compile(Campuses.SITE, policy, names);
            Portal portal = Campuses.SITE
                    .portals()
                    .get(random.nextInt(Campuses.SITE.portals().size()));
            GateSnapshot snapshot =
                    GateSnapshot.of(policy, Campuses.SITE, Set.of(portal.id()), NOW.plusSeconds(i), DAY);
            assertThat(gate.install(SERVER.sign(snapshot, Campuses.SITE), NOW.plusSeconds(i)))
                    .as("seed %d", seed)
                    .isEmpty();
            CompiledPolicy carried = gate.rules(NOW.plusSeconds(i)).orElseThrow();
            assertThat(carried.policy().rules().size())
                    .isLessThanOrEqualTo(policy.rules().size());
            for (int j = 0; j < 100; j++) {
                Facts facts = Campuses.randomFacts(random, names);
                if (facts.asked() instanceof Facts.Passing passage) {
                    Facts here = facts.asking(new Facts.Passing(portal.id(), passage.direction()));
                    assertThat(carried.decide(here)).as("seed %d", seed).isEqualTo(whole.decide(here));
                    assertThat(carried.decide(here.withoutLine()))
                            .as("seed %d", seed)
                            .isEqualTo(whole.decide(here.withoutLine()));
                    passing++;
                }
            }
        }
        assertThat(passing).isGreaterThan(1_000);
    }

    @Test
    void takesOnlyWhatThisGateNeeds() {
        PolicySet policy = PolicySet.of(
                3,
                Rule.permit("here").anybody().portals(GATE).build(),
                Rule.permit("elsewhere").anybody().zones(Campuses.POISONS).build());
        GateSnapshot snapshot = GateSnapshot.of(policy, Campuses.SITE, Set.of(GATE), NOW, DAY);
        assertThat(snapshot.policy().rules()).extracting(Rule::id).containsExactly("here");
    }

    @Test
    void givesNoRulesThatAreTooOldAndNeverGoesBack() {
        assertThat(gate.rules(NOW)).isEmpty();
        assertThat(gate.install(signed(2, NOW), NOW)).isEmpty();
        assertThat(gate.rules(NOW.plus(DAY).minusNanos(1))).isPresent();
        assertThat(gate.rules(NOW.plus(DAY))).isEmpty();
        assertThat(code(signed(1, NOW.plusSeconds(1)))).isEqualTo("permit.snapshot-went-back");
        assertThat(code(signed(2, NOW.minusSeconds(1)))).isEqualTo("permit.snapshot-went-back");
        assertThat(code(signed(3, NOW.plusSeconds(3_600)))).isEqualTo("permit.snapshot-from-the-future");
        assertThat(gate.install(signed(2, NOW.plusSeconds(60)), NOW.plusSeconds(60)))
                .isEmpty();
        assertThat(gate.version()).isEqualTo(2);
    }

    @Test
    void refusesWhatTheServerDidNotSignForGates() {
        PolicySigner other = PolicySigner.generate("snapshots", "Other", new SecureRandom());
        GateSnapshot snapshot = snapshot(2, NOW);
        assertThat(code(other.sign(snapshot, Campuses.SITE))).isEqualTo("permit.snapshot-signature");
        assertThat(code(SERVER.sign(snapshot.policy())))
                .as("a policy is no snapshot")
                .isEqualTo("permit.snapshot-signature");
        byte[] signed = SERVER.sign(snapshot, Campuses.SITE);
        for (int at = 0; at < signed.length; at++) {
            byte[] altered = signed.clone();
            altered[at] ^= 1;
            assertThat(gate.install(altered, NOW)).as("byte %d", at).isPresent();
        }
        assertThat(gate.version()).isZero();
    }

    @Test
    void refusesRulesForOtherHoursThanItsClockWillTell() {
        GateSnapshot snapshot = snapshot(2, NOW);
        String rightClock = snapshot.clock(Campuses.SITE);
        byte[] payload = new String(snapshot.bytes(Campuses.SITE), StandardCharsets.UTF_8)
                .replace(rightClock, "Europe/Berlin:7200")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(code(SERVER.sign(SignedPackage.of(SignedPackage.SNAPSHOT, payload))))
                .isEqualTo("permit.snapshot-clock");
    }

    @Test
    void anUnknownPersonIsNotLetInByAnEmptySnapshot() {
        PolicySet nothing = PolicySet.of(4);
        GateSnapshot snapshot = GateSnapshot.of(nothing, Campuses.SITE, Set.of(GATE), NOW, DAY);
        assertThat(gate.install(SERVER.sign(snapshot, Campuses.SITE), NOW)).isEmpty();
        Facts facts = Campuses.randomFacts(new Random(1), names).asking(new Facts.Passing(GATE, Direction.ENTRY));
        assertThat(gate.rules(NOW).orElseThrow().decide(facts)).isEqualTo(Condition.NO_RULE.bit());
    }

    private String code(byte[] signed) {
        return gate.install(signed, NOW).map(Reason::code).orElse("installed");
    }

    private static byte[] signed(long version, Instant issuedAt) {
        return SERVER.sign(snapshot(version, issuedAt), Campuses.SITE);
    }

    private static GateSnapshot snapshot(long version, Instant issuedAt) {
        PolicySet policy =
                PolicySet.of(version, Rule.permit("all").anybody().anywhere().build());
        return GateSnapshot.of(policy, Campuses.SITE, Set.of(GATE), issuedAt, DAY);
    }
}
