package io.gatehouse.policy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatcherDifferentialTest {
    private static final int STREAMS = 250;

    @Test
    @DisplayName(
            "REG-6 REG-10 finds on random streams exactly what a plain reference finds, also of what comes in late")
    void findsWhatThePlainReferenceFinds() {
        long seed = System.nanoTime();
        System.out.println("findsWhatThePlainReferenceFinds seed " + seed);
        Random random = new Random(seed);
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < STREAMS; i++) {
            RandomStreams streams = new RandomStreams(random);
            List<WatchEvent> events = streams.events(20 + random.nextInt(180));
            WatchRules rules = streams.rules();
            Duration lateness = Duration.ofSeconds(random.nextInt(5) * 30L);
            WatcherOptions options = WatcherOptions.standard().lateness(lateness);
            List<Finding> found = run(rules, options, events, random);
            found.forEach(finding -> codes.add(finding.reason().code()));
            assertThat(lines(found))
                    .as("seed %d, stream %d, lateness %s, rules %s", seed, i, lateness, rules)
                    .isEqualTo(PlainWatch.find(RandomStreams.SITE, rules, lateness, events, end(events)));
        }
        assertThat(codes)
                .as("patterns that were found at least once, seed %d", seed)
                .contains(
                        "watch.outside-hours",
                        "watch.reported",
                        "watch.many-passages",
                        "watch.refused-often",
                        "watch.too-far-apart",
                        "watch.many-departments",
                        "watch.reappeared",
                        "watch.overstay",
                        "watch.over-limit",
                        "watch.missing-exit",
                        "watch.late");
    }

    @Test
    @DisplayName(
            "REG-10 forgetting whoever can matter no more changes no finding; if anybody else is forgotten, that is told")
    void forgettingIsHarmlessOrTold() {
        long seed = System.nanoTime();
        System.out.println("forgettingIsHarmlessOrTold seed " + seed);
        Random random = new Random(seed);
        int harmless = 0;
        int told = 0;
        for (int i = 0; i < 4 * STREAMS; i++) {
            RandomStreams streams = new RandomStreams(random);
            List<WatchEvent> events = streams.events(20 + random.nextInt(100));
            WatchRules rules = withoutReappearing(streams.rules());
            WatcherOptions few = WatcherOptions.standard().maxPeople(2 + random.nextInt(4));
            List<Finding> found = run(rules, few, events, random);
            if (found.stream().anyMatch(it -> it.reason().code().equals("watch.people-overflow"))) {
                told++;
                continue;
            }
            harmless++;
            assertThat(lines(found))
                    .as("seed %d, stream %d, rules %s", seed, i, rules)
                    .isEqualTo(PlainWatch.find(RandomStreams.SITE, rules, few.lateness(), events, end(events)));
        }
        assertThat(harmless).as("streams without overflow, seed %d", seed).isPositive();
        assertThat(told).as("streams with overflow, seed %d", seed).isPositive();
    }

    private static WatchRules withoutReappearing(WatchRules rules) {
        return new WatchRules(
                1,
                rules.rules().stream()
                        .filter(rule -> !(rule.pattern() instanceof Pattern.Reappears))
                        .toList());
    }

    /** Ticks come in between, none later than what comes in next. */
    private static List<Finding> run(WatchRules rules, WatcherOptions options, List<WatchEvent> events, Random random) {
        List<Finding> found = new ArrayList<>();
        Watcher watcher = Watcher.create(RandomStreams.SITE, rules, options, found::add);
        Instant clock = Instant.EPOCH;
        for (WatchEvent event : events) {
            watcher.accept(event);
            clock = event.recordedAt().isAfter(clock) ? event.recordedAt() : clock;
            if (random.nextInt(5) == 0) {
                watcher.tick(clock);
            }
        }
        watcher.tick(end(events));
        return found;
    }

    /** When nothing of what was recorded is waiting any more. */
    private static Instant end(List<WatchEvent> events) {
        return events.stream()
                .map(WatchEvent::recordedAt)
                .max(Instant::compareTo)
                .orElseThrow()
                .plus(Duration.ofDays(3));
    }

    private static List<String> lines(List<Finding> found) {
        return found.stream()
                .filter(finding -> !finding.rule().startsWith("watch."))
                .map(PlainWatch::line)
                .sorted()
                .toList();
    }
}
