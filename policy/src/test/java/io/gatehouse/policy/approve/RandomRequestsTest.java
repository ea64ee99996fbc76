package io.gatehouse.policy.approve;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.approve.ApprovalRequest.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RandomRequestsTest extends DeskFixture {
    private static final List<String> PEOPLE = List.of("p0", "p1", "p2", "p3", "p4", "p5");

    @Test
    @DisplayName(
            "ATT-21 whatever the organisation and whoever says what: nobody decides their own, nor twice, and all that is needed approve")
    void holdsWhateverHappens() throws IOException {
        long seed = System.nanoTime();
        System.out.println("holdsWhateverHappens seed " + seed);
        Random random = new Random(seed);
        Set<RequestState> seen = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            shuffle(random);
            int steps = 1 + random.nextInt(3);
            StringBuilder document = new StringBuilder();
            for (int step = 0; step < steps; step++) {
                document.append(step(random, step));
            }
            desk = desk(document.toString());
            play(random, steps, document + "\nseed " + seed + ", request " + i, seen);
        }
        assertThat(seen)
                .as("seed %d", seed)
                .contains(RequestState.COMPLETED, RequestState.REJECTED, RequestState.RETURNED);
    }

    private void shuffle(Random random) {
        house.roles.clear();
        house.superiors.clear();
        house.absent.clear();
        house.delegates.clear();
        house.roles.put("management", some(random, 3));
        for (int role = 0; role < 3; role++) {
            house.roles.put("r" + role, some(random, 1 + random.nextInt(4)));
        }
        for (String person : PEOPLE) {
            if (random.nextInt(5) > 0) {
                house.superiors.put(person, any(random));
            }
            if (random.nextInt(4) == 0) {
                house.absent.add(person);
            }
            if (random.nextBoolean()) {
                house.delegates.put(person, any(random));
            }
        }
    }

    private static String step(Random random, int number) {
        String by = random.nextInt(4) == 0 ? "superior" : "{role: r" + random.nextInt(3) + "}";
        String need = List.of("any", "all", "{some: 2}").get(random.nextInt(3));
        String deadline = random.nextBoolean() ? ", deadline: {working-days: 1, escalate-to: [{role: r0}]}" : "";
        return "  - {id: s" + number + ", approve: [" + by + "], need: " + need + deadline + "}\n";
    }

    private void play(Random random, int steps, String what, Set<RequestState> seen) throws IOException {
        String requester = any(random);
        ApprovalOutcome submitted = desk.submit("c", House.id(requester), "{}", Map.of());
        if (submitted instanceof ApprovalOutcome.Refused refused) {
            assertThat(refused.reason().code()).as(what).isEqualTo("approve.nobody");
            return;
        }
        UUID id = ((ApprovalOutcome.Done) submitted).request().id();
        for (int i = 0; i < 12; i++) {
            say(random, id, requester, what);
            ApprovalRequest request = request(id);
            seen.add(request.state());
            check(request, steps, what);
        }
    }

    private void say(Random random, UUID id, String requester, String what) throws IOException {
        ApprovalRequest before = request(id);
        if (before.state() == RequestState.RETURNED) {
            desk.resubmit(id, House.id(requester), "{}", Map.of());
            return;
        }
        if (random.nextInt(6) == 0) {
            now = now.plus(Duration.ofDays(3));
            return;
        }
        String step = "s" + random.nextInt(3);
        Vote vote = random.nextInt(4) > 0 ? Vote.APPROVE : random.nextBoolean() ? Vote.REFUSE : Vote.RETURN;
        String by = any(random);
        boolean isAsked = before.tasks().stream()
                .anyMatch(task -> task.step().equals(step) && task.people().contains(House.id(by)));
        ApprovalOutcome said = desk.vote(id, step, House.id(by), vote, "why");
        assertThat(said instanceof ApprovalOutcome.Done)
                .as("%s says %s to %s: %s", by, vote, step, what)
                .isEqualTo(isAsked);
    }

    /** What must hold of the history since it was last submitted, worked out from nothing else. */
    private static void check(ApprovalRequest request, int steps, String what) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : request.history()) {
            if (entry.what().endsWith("submitted")) {
                entries.clear();
            } else {
                entries.add(entry);
            }
        }
        assertThat(entries.stream().map(Entry::by))
                .as(what)
                .doesNotHaveDuplicates()
                .doesNotContain(request.requester());
        Set<PersonId> spoke = entries.stream().map(Entry::by).collect(Collectors.toSet());
        spoke.add(request.requester());
        assertThat(request.tasks().stream().flatMap(task -> task.people().stream()))
                .as(what)
                .noneMatch(spoke::contains);
        Set<String> approved = new TreeSet<>();
        entries.stream()
                .filter(entry -> entry.what().equals("approved"))
                .forEach(entry -> approved.add(entry.step().orElseThrow()));
        if (request.state() == RequestState.COMPLETED) {
            assertThat(entries).as(what).noneMatch(entry -> entry.what().equals("returned"));
            assertThat(approved).as(what).hasSize(steps);
            assertThat(request.tasks()).as(what).isEmpty();
        }
        if (request.state() == RequestState.REJECTED) {
            assertThat(entries).as(what).anyMatch(entry -> entry.what().equals("refused"));
        }
    }

    @Test
    @DisplayName(
            "ATT-21 a step that nobody will be left for is found when the request is made, exactly where there is none")
    void findsWhereNobodyWillBeLeft() throws IOException {
        long seed = System.nanoTime();
        System.out.println("findsWhereNobodyWillBeLeft seed " + seed);
        Random random = new Random(seed);
        desk = desk("""
                  - {id: s0, approve: [{role: r0}]}
                  - {id: s1, approve: [{role: r1}], need: {some: 2}}
                  - {id: s2, approve: [{role: r2}]}
                """);
        int found = 0;
        for (int i = 0; i < 150; i++) {
            List<List<String>> roles = new ArrayList<>();
            for (int role = 0; role < 3; role++) {
                Set<String> people = some(random, random.nextInt(4));
                house.roles.put("r" + role, people);
                roles.add(new ArrayList<>(people));
            }
            Set<String> fallbacks = request(submit("c", "li", "{}")).fallbacks();
            boolean canBe = canBe(roles, List.of(0, 1, 1, 2), 0, new HashSet<>());
            assertThat(fallbacks.isEmpty())
                    .as("seed %d, roles %s, %s", seed, roles, fallbacks)
                    .isEqualTo(canBe);
            found += canBe ? 0 : 1;
        }
        assertThat(found).as("seed %d", seed).isBetween(1, 149);
    }

    /** Whether each of these slots can have a person of its own, by trying everything. */
    private static boolean canBe(List<List<String>> roles, List<Integer> slots, int at, Set<String> taken) {
        if (at == slots.size()) {
            return true;
        }
        for (String person : roles.get(slots.get(at))) {
            if (taken.add(person)) {
                boolean can = canBe(roles, slots, at + 1, taken);
                taken.remove(person);
                if (can) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String any(Random random) {
        return PEOPLE.get(random.nextInt(PEOPLE.size()));
    }

    private static Set<String> some(Random random, int count) {
        Set<String> some = new TreeSet<>();
        while (some.size() < count) {
            some.add(any(random));
        }
        return some;
    }
}
