package io.gatehouse.policy.permit;

import static io.gatehouse.policy.permit.Campus.CHEMIST;
import static io.gatehouse.policy.permit.Campus.LABORATORY;
import static io.gatehouse.policy.permit.Campus.LAB_DOOR;
import static io.gatehouse.policy.permit.Campus.STAFF;
import static io.gatehouse.policy.permit.Campus.enter;
import static io.gatehouse.policy.permit.Campus.monday;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.gate.Confirmation.Verdict;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Presence;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Limit.OffLine;
import io.gatehouse.policy.permit.rule.Limit.Passback.Mode;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.state.SiteState;
import io.gatehouse.policy.permit.state.SiteStateOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SiteStateTest {
    private static final Instant TEN = monday("10:00");

    private final SiteState state = SiteState.create(Campus.SITE, SiteStateOptions.standard());

    private PermitDecider decider(Limit... limits) {
        Rule open = Rule.permit("open").anybody().anywhere().build();
        List<Rule> rules = new ArrayList<>(List.of(open));
        if (limits.length > 0) {
            rules.add(Rule.forbid("kept").anybody().anywhere().limits(limits).build());
        }
        return PermitDecider.builder(Campus.SITE, id -> Optional.of(person(id)))
                .state(state)
                .build(new PolicySet(1, rules));
    }

    private static Person person(PersonId id) {
        return new Person(id, "Somebody", PersonKind.EMPLOYEE, Set.of());
    }

    private static Limit.Occupancy atMost(int people) {
        return new Limit.Occupancy(LABORATORY, people, OffLine.DENY);
    }

    @Test
    @DisplayName("REG-9 over the limit the entrance closes; whom nobody let through gives the place back")
    void placesAreHeldConfirmedAndGivenBack() {
        PermitDecider decider = decider(atMost(1));
        AccessRequest first = enter(STAFF, LAB_DOOR);
        AccessRequest second = enter(CHEMIST, LAB_DOOR);
        assertThat(decider.decide(first).isGranted()).isTrue();
        assertThat(state.count(LABORATORY, TEN)).as("held").isEqualTo(1);
        assertThat(codes(decider.decide(second))).containsExactly("permit.zone-full");
        decider.settle(first, Verdict.NOT_PASSED);
        assertThat(state.count(LABORATORY, TEN)).as("given back").isZero();
        assertThat(decider.decide(second).isGranted()).isTrue();
        decider.settle(second, Verdict.CONFIRMED);
        assertThat(codes(decider.decide(first))).containsExactly("permit.zone-full");
        AccessRequest leaving = Campus.leave(CHEMIST, LAB_DOOR);
        assertThat(decider.decide(leaving).isGranted()).isTrue();
        assertThat(state.count(LABORATORY, TEN))
                .as("still inside until they passed")
                .isEqualTo(1);
        decider.settle(leaving, Verdict.CONFIRMED);
        assertThat(decider.decide(first).isGranted()).isTrue();
    }

    @Test
    void aPlaceThatNobodyAnswersForIsGivenBackAfterATime() {
        PermitDecider decider = decider(atMost(1));
        AccessRequest first = enter(STAFF, LAB_DOOR);
        assertThat(decider.decide(first).isGranted()).isTrue();
        decider.settle(first, Verdict.UNKNOWN);
        AccessRequest soon = enter(CHEMIST, LAB_DOOR, Method.CARD, TEN.plusSeconds(29));
        AccessRequest later = enter(CHEMIST, LAB_DOOR, Method.CARD, TEN.plusSeconds(30));
        assertThat(decider.decide(soon).isGranted()).isFalse();
        assertThat(decider.decide(later).isGranted()).isTrue();
    }

    @Test
    @DisplayName("REG-9 two doors race for the last place in a zone: one wins, every time")
    void theLastPlaceHasOneWinner() throws Exception {
        PermitDecider decider = decider(atMost(1));
        int doors = 4;
        CyclicBarrier start = new CyclicBarrier(doors);
        ExecutorService threads = Executors.newFixedThreadPool(doors);
        try {
            for (int round = 0; round < 500; round++) {
                List<Future<AccessRequest>> granted = new ArrayList<>();
                for (int door = 0; door < doors; door++) {
                    AccessRequest request = enter(person(PersonId.of("p" + door)), LAB_DOOR);
                    granted.add(threads.submit(() -> {
                        start.await();
                        return decider.decide(request).isGranted() ? request : null;
                    }));
                }
                List<AccessRequest> winners = new ArrayList<>();
                for (Future<AccessRequest> one : granted) {
                    Optional.ofNullable(one.get()).ifPresent(winners::add);
                }
                assertThat(winners).as("round %d", round).hasSize(1);
                decider.settle(winners.get(0), Verdict.NOT_PASSED);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void antiPassbackIsHardSoftOrTimed() {
        Limit hard = new Limit.Passback(LABORATORY, Mode.HARD, Duration.ZERO, Set.of(), OffLine.DENY);
        PermitDecider decider = decider(hard);
        pass(decider, enter(STAFF, LAB_DOOR));
        assertThat(codes(decider.decide(enter(STAFF, LAB_DOOR)))).containsExactly("permit.passback");
        pass(decider, Campus.leave(STAFF, LAB_DOOR));
        pass(decider, enter(STAFF, LAB_DOOR));

        Limit soft = new Limit.Passback(LABORATORY, Mode.SOFT, Duration.ZERO, Set.of(), OffLine.DENY);
        Decision marked = decider(soft).decide(enter(STAFF, LAB_DOOR));
        String code = marked.fold(it -> it.obligations().get(0).code(), denied -> "denied");
        assertThat(code).isEqualTo("mark");

        Limit timed = new Limit.Passback(LABORATORY, Mode.TIMED, Duration.ofMinutes(10), Set.of(), OffLine.DENY);
        PermitDecider slow = decider(timed);
        pass(slow, Campus.leave(STAFF, LAB_DOOR));
        assertThat(codes(slow.decide(enter(STAFF, LAB_DOOR, Method.CARD, TEN.plusSeconds(599)))))
                .containsExactly("permit.passback");
        assertThat(slow.decide(enter(STAFF, LAB_DOOR, Method.CARD, TEN.plusSeconds(600)))
                        .isGranted())
                .isTrue();
    }

    @Test
    void countsEntriesInASlidingPeriod() {
        PermitDecider decider = decider(new Limit.Count(LABORATORY, 2, Duration.ofHours(1), OffLine.LOCAL));
        for (int i = 0; i < 2; i++) {
            pass(decider, enter(STAFF, LAB_DOOR, Method.CARD, TEN.plusSeconds(600L * i)));
            pass(decider, Campus.leave(STAFF, LAB_DOOR));
        }
        assertThat(codes(decider.decide(enter(STAFF, LAB_DOOR, Method.CARD, TEN.plusSeconds(3_599)))))
                .containsExactly("permit.too-often");
        assertThat(decider.decide(enter(STAFF, LAB_DOOR, Method.CARD, TEN.plusSeconds(3_600)))
                        .isGranted())
                .isTrue();
    }

    @Test
    void isFilledFromPresence() {
        state.restore(List.of(
                new Presence.Stay(STAFF.id(), Campus.POISONS, TEN.minusSeconds(60)),
                new Presence.Stay(CHEMIST.id(), Campus.OFFICE, TEN.minusSeconds(60))));
        assertThat(state.count(LABORATORY, TEN)).isEqualTo(1);
        assertThat(state.count(Campus.BUILDING, TEN)).isEqualTo(2);
        assertThat(state.factsFor(STAFF.id(), TEN).inside())
                .contains(Campus.POISONS, LABORATORY, Campus.BUILDING, Campus.CAMPUS);
        assertThat(codes(decider(atMost(1)).decide(enter(CHEMIST, LAB_DOOR)))).containsExactly("permit.zone-full");
    }

    @Test
    void countsAsARecountDoes() {
        long seed = System.nanoTime();
        System.out.println("countsAsARecountDoes seed " + seed);
        Random random = new Random(seed);
        PermitDecider decider = decider();
        Map<PersonId, ZoneCode> where = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Person somebody = person(PersonId.of("p" + random.nextInt(6)));
            var portal = RandomPolicies.pick(random, Campus.PORTALS);
            Direction direction = RandomPolicies.pick(random, List.of(Direction.values()));
            AccessRequest request = new AccessRequest(
                    Identity.Known.of(somebody.id(), Method.CARD, 60), portal, direction, TEN.plusSeconds(i));
            assertThat(decider.decide(request).isGranted()).isTrue();
            Verdict verdict = random.nextBoolean() ? Verdict.CONFIRMED : Verdict.NOT_PASSED;
            decider.settle(request, verdict);
            if (verdict.isPassed()) {
                where.put(somebody.id(), portal.destination(direction));
            }
            for (ZoneCode zone : List.of(Campus.CAMPUS, Campus.BUILDING, LABORATORY, Campus.POISONS)) {
                long recount = where.values().stream()
                        .filter(at -> Campus.SITE.contains(zone, at))
                        .count();
                assertThat(state.count(zone, request.at()))
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo((int) recount);
            }
        }
    }

    private static void pass(PermitDecider decider, AccessRequest request) {
        assertThat(decider.decide(request).isGranted()).isTrue();
        decider.settle(request, Verdict.CONFIRMED);
    }

    private static List<String> codes(Decision decision) {
        return decision.fold(
                granted -> List.of(),
                denied -> denied.reasons().stream().map(Reason::code).toList());
    }
}
