package io.gatehouse.policy.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import io.gatehouse.policy.watch.Pattern.RefusedOften.Per;
import io.gatehouse.policy.watch.Pattern.TooFarApart.Spot;
import io.gatehouse.policy.watch.WatchEvent.Meaning;
import io.gatehouse.policy.watch.WatchEvent.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatcherTest {
    /** A Wednesday in Berlin, 9 in the morning. */
    private static final Instant NINE = Instant.parse("2026-03-04T08:00:00Z");

    private final List<Finding> found = new ArrayList<>();
    private long index;

    @Test
    @DisplayName("REG-6 a passage outside working hours is marked, one within is not")
    void marksPassageOutsideHours() {
        Watcher watcher = watcher(new Pattern.OutsideHours(Schedule.of(WeeklyHours.mondayToFriday("07:00", "19:00"))));
        pass(watcher, "li", "front", "house", NINE);
        pass(watcher, "li", "front", "outside", at(10 * 60));
        assertThat(codes()).containsExactly("watch.outside-hours");
        assertThat(found.get(0).at()).isEqualTo(at(10 * 60));
        assertThat(found.get(0).subject()).contains("li");
    }

    @Test
    @DisplayName("REG-6 the same person several times in a short time raises a warning; several people do not")
    void warnsOfTheSamePersonOften() {
        Watcher watcher = watcher(new Pattern.ManyPassages(3, Duration.ofMinutes(10)));
        pass(watcher, "li", "front", "house", at(0));
        pass(watcher, "wang", "front", "house", at(1));
        pass(watcher, "li", "front", "outside", at(5));
        pass(watcher, "li", "front", "house", at(10));
        watcher.tick(at(30));
        assertThat(codes()).as("exactly ten minutes hold two").isEmpty();
        pass(watcher, "li", "front", "outside", at(31));
        pass(watcher, "li", "front", "house", at(35));
        pass(watcher, "li", "front", "outside", at(40));
        watcher.tick(at(60));
        assertThat(codes()).containsExactly("watch.many-passages");
    }

    @Test
    @DisplayName("REG-10 a visitor in many departments with short stays is told, an employee with the same way is not")
    void tellsOfVisitorWhoLooksAround() {
        Watcher watcher = Watcher.create(
                RandomStreams.SITE,
                WatchRules.of(
                        1,
                        WatchRule.of(
                                "looks-around",
                                Severity.WARNING,
                                new Pattern.ManyDepartments(
                                        List.of(RandomStreams.HOUSE, RandomStreams.LAB, RandomStreams.SHOP),
                                        3,
                                        Duration.ofMinutes(5),
                                        Duration.ofHours(1)),
                                Scope.all().kinds(PersonKind.VISITOR))),
                WatcherOptions.standard(),
                found::add);
        int start = 0;
        for (String who : List.of("visitor", "employee")) {
            pass(watcher, who, "front", "house", at(start));
            pass(watcher, who, "lab-door", "lab", at(start + 3));
            pass(watcher, who, "lab-door", "house", at(start + 6));
            pass(watcher, who, "front", "outside", at(start + 7));
            pass(watcher, who, "shop-door", "shop", at(start + 10));
            pass(watcher, who, "shop-door", "outside", at(start + 12));
            start += 20;
        }
        watcher.tick(at(90));
        assertThat(codes()).containsExactly("watch.many-departments");
        assertThat(found.get(0).subject()).contains("visitor");
        assertThat(found.get(0).at()).isEqualTo(at(12));
    }

    @Test
    @DisplayName("REG-10 a person unseen for long who appears is told, also if only refused")
    void tellsOfWhoReappears() {
        Watcher watcher = watcher(new Pattern.Reappears(Duration.ofDays(60)));
        pass(watcher, "li", "front", "house", NINE);
        see(watcher, Meaning.REFUSED, EventKind.DECISION, "li", "front", "house", NINE.plus(Duration.ofDays(59)));
        see(watcher, Meaning.REFUSED, EventKind.DECISION, "li", "front", "house", NINE.plus(Duration.ofDays(119)));
        watcher.tick(NINE.plus(Duration.ofDays(200)));
        assertThat(codes()).containsExactly("watch.reappeared");
    }

    @Test
    @DisplayName("REG-6 the same credential at two places too far apart in time is told")
    void tellsOfCopiedCredential() {
        Watcher watcher = watcher(new Pattern.TooFarApart(
                List.of(
                        new Spot("house", Set.of(), Set.of(RandomStreams.HOUSE)),
                        new Spot("shop", Set.of(PortalId.of("shop-door")), Set.of())),
                Duration.ofMinutes(20),
                List.of()));
        pass(watcher, "li", "front", "house", at(0));
        pass(watcher, "li", "front", "outside", at(10));
        see(watcher, Meaning.REFUSED, EventKind.DECISION, "li", "shop-door", "shop", at(29));
        pass(watcher, "li", "shop-door", "shop", at(30));
        watcher.tick(at(90));
        assertThat(codes()).containsExactly("watch.too-far-apart");
        assertThat(found.get(0).reason().text()).contains("1140 s after house").contains("1200 s");
    }

    @Test
    @DisplayName("REG-6 a forced door is told at once, however late its record comes in")
    void tellsOfForcedDoorAtOnce() {
        Watcher watcher = watcher(new Pattern.Reported(Set.of(EventKind.DOOR_FORCED_OPEN)));
        watcher.tick(at(600));
        watcher.accept(new WatchEvent(
                0,
                at(0),
                at(600),
                Meaning.REPORT,
                EventKind.DOOR_FORCED_OPEN,
                Optional.empty(),
                Optional.of(PortalId.of("front")),
                Optional.empty()));
        assertThat(codes()).containsExactly("watch.reported", "watch.late");
    }

    @Test
    void tellsOfManyRefusalsAtOnePortal() {
        Watcher watcher = watcher(new Pattern.RefusedOften(2, Duration.ofMinutes(5), Per.PORTAL));
        see(watcher, Meaning.REFUSED, EventKind.DECISION, "li", "front", "house", at(0));
        see(watcher, Meaning.REFUSED, EventKind.DECISION, "wang", "front", "house", at(1));
        watcher.tick(at(10));
        assertThat(codes()).containsExactly("watch.refused-often");
    }

    @Test
    @DisplayName("REG-10 an overstay is told by the clock alone, once, and not of who leaves at the last moment")
    void tellsOfOverstayByTheClock() {
        Watcher watcher = watcher(new Pattern.Overstay(Duration.ofHours(1)));
        pass(watcher, "li", "front", "house", at(0));
        pass(watcher, "wang", "front", "house", at(0));
        pass(watcher, "wang", "front", "outside", at(60));
        watcher.tick(at(60));
        assertThat(codes()).isEmpty();
        watcher.tick(at(61));
        watcher.tick(at(300));
        assertThat(codes()).containsExactly("watch.overstay");
        assertThat(found.get(0).at()).isEqualTo(at(60));
        assertThat(found.get(0).subject()).contains("li");
        assertThat(found.get(0).zone()).contains(RandomStreams.HOUSE);
    }

    @Test
    @DisplayName("REG-10 a missing exit has no event: the clock finds it, each day anew")
    void findsMissingExit() {
        Watcher watcher = watcher(new Pattern.MissingExit(LocalTime.of(23, 0), Duration.ofHours(2)));
        pass(watcher, "li", "front", "house", at(0));
        pass(watcher, "wang", "front", "house", Instant.parse("2026-03-04T21:30:00Z"));
        watcher.tick(Instant.parse("2026-03-05T12:00:00Z"));
        assertThat(found).extracting(Finding::at).containsExactly(Instant.parse("2026-03-04T22:00:00Z"));
        assertThat(found.get(0).subject()).contains("li");
        watcher.tick(Instant.parse("2026-03-06T12:00:00Z"));
        assertThat(codes()).containsOnly("watch.missing-exit").hasSize(3);
    }

    @Test
    @DisplayName("REG-6 a zone over its limit is told once until it was put right, whoever is not known included")
    void tellsOfFullZone() {
        Watcher watcher = Watcher.create(
                RandomStreams.SITE,
                WatchRules.of(
                        1,
                        WatchRule.of(
                                "full",
                                Severity.CRITICAL,
                                new Pattern.OverLimit(1),
                                Scope.ofZones(RandomStreams.HOUSE))),
                WatcherOptions.standard(),
                found::add);
        pass(watcher, "li", "front", "house", at(0));
        pass(watcher, "li", "lab-door", "lab", at(1));
        pass(watcher, "", "front", "house", at(2));
        pass(watcher, "wang", "front", "house", at(3));
        watcher.tick(at(4));
        assertThat(codes()).containsExactly("watch.over-limit");
        pass(watcher, "wang", "front", "outside", at(5));
        pass(watcher, "", "front", "outside", at(6));
        pass(watcher, "wang", "front", "house", at(7));
        watcher.tick(at(8));
        assertThat(codes()).hasSize(2);
    }

    @Test
    void oneTooManyIsAnAlarmOfItsOwn() {
        Watcher watcher = Watcher.create(
                RandomStreams.SITE,
                WatchRules.of(1, rule(new Pattern.Overstay(Duration.ofHours(1)))),
                WatcherOptions.standard().maxPeople(2),
                found::add);
        pass(watcher, "li", "front", "house", at(0));
        pass(watcher, "wang", "front", "house", at(1));
        pass(watcher, "zhao", "front", "house", at(2));
        watcher.tick(at(3));
        assertThat(codes()).containsExactly("watch.people-overflow");
        assertThat(watcher.people()).isEqualTo(2);
        watcher.tick(at(90));
        assertThat(found).filteredOn(it -> it.rule().equals("rule")).hasSize(2);
    }

    @Test
    void eventsThatWaitAreBoundedToo() {
        Watcher watcher = Watcher.create(
                RandomStreams.SITE,
                WatchRules.of(1, rule(new Pattern.ManyPassages(2, Duration.ofHours(1)))),
                WatcherOptions.standard().lateness(Duration.ofDays(1)).maxWaiting(3),
                found::add);
        for (int i = 0; i < 5; i++) {
            pass(watcher, "li", "front", i % 2 == 0 ? "house" : "outside", at(i));
        }
        assertThat(codes()).containsExactly("watch.waiting-overflow", "watch.many-passages");
        pass(watcher, "li", "front", "house", at(0));
        assertThat(codes()).endsWith("watch.late");
        assertThat(watcher.lateEvents()).isEqualTo(1);
    }

    @Test
    @DisplayName("REG-6 a gate whose clock is ahead makes nobody else late")
    void clockThatIsAheadCountsAsRecorded() {
        Watcher watcher = watcher(new Pattern.ManyPassages(2, Duration.ofMinutes(5)));
        Subject li = Subject.of("li");
        watcher.accept(event(li, at(10_000), at(0)));
        watcher.accept(event(li, at(1), at(1)));
        watcher.tick(at(5));
        assertThat(codes()).containsExactly("watch.many-passages");
        assertThat(watcher.lateEvents()).isZero();
    }

    @Test
    void refusesRulesForOtherSites() {
        assertThatThrownBy(() -> Watcher.create(
                        RandomStreams.SITE,
                        WatchRules.of(
                                1,
                                WatchRule.of(
                                        "r",
                                        Severity.NOTICE,
                                        new Pattern.Overstay(Duration.ofHours(1)),
                                        Scope.ofZones(ZoneCode.of("attic")))),
                        WatcherOptions.standard(),
                        found::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attic");
        assertThatThrownBy(() -> rule(new Pattern.OverLimit(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names zones");
        assertThatThrownBy(() -> new Pattern.ManyPassages(2, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than nothing");
    }

    private Watcher watcher(Pattern pattern) {
        return Watcher.create(
                RandomStreams.SITE, WatchRules.of(1, rule(pattern)), WatcherOptions.standard(), found::add);
    }

    private static WatchRule rule(Pattern pattern) {
        return WatchRule.of("rule", Severity.WARNING, pattern, Scope.all());
    }

    private static Instant at(int minutes) {
        return NINE.plus(Duration.ofMinutes(minutes));
    }

    private void pass(Watcher watcher, String who, String portal, String zone, Instant at) {
        see(watcher, Meaning.PASSED, EventKind.PASSAGE, who, portal, zone, at);
    }

    private void see(
            Watcher watcher, Meaning meaning, EventKind kind, String who, String portal, String zone, Instant at) {
        Optional<PersonKind> is = who.equals("visitor") ? Optional.of(PersonKind.VISITOR) : Optional.empty();
        watcher.accept(new WatchEvent(
                index++,
                at,
                at,
                meaning,
                kind,
                who.isEmpty() ? Optional.empty() : Optional.of(new Subject(who, is, Set.of())),
                Optional.of(PortalId.of(portal)),
                Optional.of(ZoneCode.of(zone))));
    }

    private WatchEvent event(Subject subject, Instant at, Instant recordedAt) {
        return new WatchEvent(
                index++,
                at,
                recordedAt,
                Meaning.PASSED,
                EventKind.PASSAGE,
                Optional.of(subject),
                Optional.of(PortalId.of("front")),
                Optional.of(RandomStreams.HOUSE));
    }

    private List<String> codes() {
        return found.stream().map(finding -> finding.reason().code()).toList();
    }
}
