package io.gatehouse.core.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Presence.Stay;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Presence over entries that are made up, beside a plain recomputation. */
class PresenceStreamTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final ZoneCode HALL = ZoneCode.of("hall");
    private static final ZoneCode LAB = ZoneCode.of("lab");
    private static final ZoneCode YARD = ZoneCode.of("yard");
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BEN = PersonId.of("ben");
    private static final PersonId GUARD = PersonId.of("guard-1");
    private static final Portal FRONT = portal("front", ZoneCode.OUTSIDE, HALL);
    private static final Portal LAB_DOOR = portal("lab-door", HALL, LAB);
    private static final Portal GATE = portal("yard-gate", ZoneCode.OUTSIDE, YARD);
    private static final List<Portal> PORTALS = List.of(FRONT, LAB_DOOR, GATE);
    private static final Site SITE = new Site(
            "works",
            ZoneId.of("UTC"),
            List.of(Zone.of("hall", "Hall"), new Zone(LAB, "Laboratory", Optional.of(HALL)), Zone.of("yard", "Yard")),
            PORTALS);
    private static final PresenceOptions OPTIONS =
            PresenceOptions.standard().withSite(SITE).withBucket(Duration.ofMinutes(1));

    private final EntryList ledger = new EntryList();
    private final Presence presence = Presence.of(ledger, OPTIONS);

    private static Portal portal(String id, ZoneCode outer, ZoneCode inner) {
        return new Portal(PortalId.of(id), id, PortalKind.DOOR, outer, inner);
    }

    /** A ledger in memory: its leaf hashes are made up. */
    private static final class EntryList implements Ledger {
        final List<LedgerEntry> entries = new ArrayList<>();

        @Override
        public LedgerEntry append(LedgerEvent event) {
            return append(event, event.occurredAt());
        }

        LedgerEntry append(LedgerEvent event, Instant recordedAt) {
            LedgerEntry entry = new LedgerEntry(
                    entries.size(), recordedAt, event, event.id().toString().replace("-", ""));
            entries.add(entry);
            return entry;
        }

        @Override
        public long size() {
            return entries.size();
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) {
            int begin = (int) Math.min(from, entries.size());
            return entries.subList(begin, Math.min(begin + limit, entries.size()));
        }

        @Override
        public Checkpoint checkpoint() {
            throw new UnsupportedOperationException("no checkpoints here");
        }
    }

    private static LedgerEvent passage(Optional<PersonId> person, Portal portal, Direction direction, Instant at) {
        LedgerEvent.Builder event = LedgerEvent.builder(EventKind.OUTCOME, at)
                .portal(portal.id())
                .zone(portal.destination(direction))
                .fact("direction", direction == Direction.ENTRY ? "entry" : "exit")
                .fact("actuation", "done");
        person.ifPresent(event::person);
        return event.build();
    }

    private void passes(PersonId person, Portal portal, Direction direction, int second) throws Exception {
        ledger.append(passage(Optional.of(person), portal, direction, NOW.plusSeconds(second)), NOW.plusSeconds(9_999));
        presence.catchUp();
    }

    private void somebodyPasses(Portal portal, Direction direction, int second) throws Exception {
        ledger.append(passage(Optional.empty(), portal, direction, NOW.plusSeconds(second)));
        presence.catchUp();
    }

    private List<Anomaly.Kind> kinds() {
        return presence.anomalies().stream().map(Anomaly::kind).toList();
    }

    @Test
    @DisplayName("REG-9 people are counted per area as they move, sub-areas with the area they lie in")
    void countsZonesWithTheirSubZones() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY, 1);
        passes(BEN, FRONT, Direction.ENTRY, 2);
        passes(BEN, LAB_DOOR, Direction.ENTRY, 3);
        passes(GUARD, GATE, Direction.ENTRY, 4);
        assertThat(presence.counts()).isEqualTo(Map.of(HALL, 1, LAB, 1, YARD, 1));
        assertThat(presence.count(HALL)).isEqualTo(2);
        assertThat(presence.count(LAB)).isEqualTo(1);
        assertThat(presence.total()).isEqualTo(3);
        assertThat(presence.stayOf(BEN)).hasValue(new Stay(BEN, LAB, NOW.plusSeconds(3)));
        assertThat(presence.anomalies()).isEmpty();
    }

    @Test
    @DisplayName("REG-11 the muster list names everybody who is inside, where and since when")
    void listsWhoHasToBeAccountedFor() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY, 1);
        passes(GUARD, GATE, Direction.ENTRY, 2);
        passes(BEN, FRONT, Direction.ENTRY, 3);
        passes(GUARD, GATE, Direction.EXIT, 4);
        assertThat(presence.muster())
                .containsExactly(new Stay(ANNA, HALL, NOW.plusSeconds(1)), new Stay(BEN, HALL, NOW.plusSeconds(3)));
    }

    @Test
    @DisplayName("ENT-2 an exit is paired with its entry, and what is not paired is told")
    void tellsWhatIsNotPaired() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY, 1);
        passes(ANNA, FRONT, Direction.EXIT, 2);
        assertThat(kinds()).isEmpty();
        passes(ANNA, FRONT, Direction.EXIT, 3);
        passes(BEN, FRONT, Direction.ENTRY, 4);
        passes(BEN, FRONT, Direction.ENTRY, 5);
        passes(GUARD, LAB_DOOR, Direction.ENTRY, 6);
        assertThat(kinds())
                .containsExactly(
                        Anomaly.Kind.EXIT_WITHOUT_ENTRY, Anomaly.Kind.ENTRY_TWICE, Anomaly.Kind.MISSED_PASSAGE);
        assertThat(presence.counts()).isEqualTo(Map.of(HALL, 1, LAB, 1));
        assertThat(presence.anomalies().get(2).person()).hasValue(GUARD);
        assertThat(presence.anomalies().get(2))
                .hasToString("Anomaly[MISSED_PASSAGE, entry 5, 2026-03-01T08:00:06Z, to lab]");
    }

    @Test
    void whatComesInLateChangesNothingThatHappenedAfterIt() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY, 10);
        passes(ANNA, FRONT, Direction.EXIT, 30);
        passes(ANNA, LAB_DOOR, Direction.ENTRY, 20);
        assertThat(presence.total()).isZero();
        assertThat(kinds()).containsExactly(Anomaly.Kind.LATE);
    }

    @Test
    void aClockThatIsAheadDoesNotOutdoTheOthers() throws Exception {
        ledger.append(passage(Optional.of(ANNA), FRONT, Direction.ENTRY, NOW.plus(Duration.ofDays(400))), NOW);
        passes(ANNA, LAB_DOOR, Direction.ENTRY, 5);
        assertThat(presence.stayOf(ANNA)).hasValue(new Stay(ANNA, LAB, NOW.plusSeconds(5)));
        passes(BEN, FRONT, Direction.ENTRY, -8 * 24 * 3600);
        assertThat(kinds()).containsExactly(Anomaly.Kind.CLOCK_AHEAD, Anomaly.Kind.TOO_LATE);
        assertThat(presence.stayOf(BEN)).isEmpty();
    }

    @Test
    void aGuardCorrectsByAnEntryOfTheirOwn() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY, 1);
        LedgerEvent correction = PresenceCorrection.moved(
                ANNA, HALL, ZoneCode.OUTSIDE, NOW.plusSeconds(60), GUARD, "seen at the bus stop");
        ledger.append(correction);
        presence.catchUp();
        assertThat(presence.total()).isZero();
        assertThat(kinds()).isEmpty();
        assertThat(ledger.entries).hasSize(2);
        assertThat(correction.facts()).doesNotContainValue(GUARD.value());
        ledger.append(PresenceCorrection.anonymous(YARD, 3, NOW.plusSeconds(61), GUARD, "school class"));
        ledger.append(PresenceCorrection.anonymous(YARD, 2, NOW.plusSeconds(62), GUARD, "one left"));
        presence.catchUp();
        assertThat(presence.counts()).isEqualTo(Map.of(YARD, 2));
        assertThat(presence.anonymous()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> PresenceCorrection.anonymous(YARD, -1, NOW, GUARD, "no"));
    }

    @Test
    void countsStayRightForWhoeverWasShredded() throws Exception {
        somebodyPasses(FRONT, Direction.ENTRY, 1);
        somebodyPasses(FRONT, Direction.ENTRY, 2);
        somebodyPasses(LAB_DOOR, Direction.ENTRY, 3);
        assertThat(presence.counts()).isEqualTo(Map.of(HALL, 1, LAB, 1));
        somebodyPasses(LAB_DOOR, Direction.EXIT, 4);
        somebodyPasses(FRONT, Direction.EXIT, 5);
        somebodyPasses(FRONT, Direction.EXIT, 6);
        assertThat(presence.total()).isZero();
        somebodyPasses(GATE, Direction.EXIT, 7);
        assertThat(presence.total()).isZero();
        assertThat(kinds()).containsExactly(Anomaly.Kind.ANONYMOUS_UNPAIRED);
    }

    @Test
    void whoIsForgottenStaysCountedWhereTheyAre() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY, 1);
        passes(ANNA, FRONT, Direction.ENTRY, 2);
        assertThat(presence.forget(ANNA)).isTrue();
        assertThat(presence.forget(BEN)).isFalse();
        assertThat(presence.muster()).isEmpty();
        assertThat(presence.counts()).isEqualTo(Map.of(HALL, 1));
        assertThat(presence.anomalies().get(0).person()).isEmpty();
        assertThat(new String(presence.snapshot(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(ANNA.value());
        somebodyPasses(FRONT, Direction.EXIT, 3);
        assertThat(presence.total()).isZero();
    }

    @Test
    void showsHistoryAndHeat() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY, 30);
        passes(BEN, FRONT, Direction.ENTRY, 70);
        passes(ANNA, FRONT, Direction.EXIT, 190);
        assertThat(presence.history(HALL, NOW, NOW.plusSeconds(600)))
                .containsExactly(
                        new ZoneBucket(NOW, 1, 0, 1),
                        new ZoneBucket(NOW.plusSeconds(60), 1, 0, 2),
                        new ZoneBucket(NOW.plusSeconds(120), 0, 0, 2),
                        new ZoneBucket(NOW.plusSeconds(180), 0, 1, 1));
        assertThat(presence.heatMap(Instant.MIN, NOW.plusSeconds(600))).isEqualTo(Map.of(HALL, 1.5));
        assertThat(presence.heatMap(NOW.plusSeconds(120), NOW.plusSeconds(180))).isEqualTo(Map.of(HALL, 2.0));
        assertThat(presence.history(YARD, NOW, NOW.plusSeconds(600))).isEmpty();
    }

    @Test
    void keepsNoMoreOfTheHistoryThanItsOptionsSay() throws Exception {
        PresenceOptions few = new PresenceOptions(
                Optional.of(SITE), Duration.ofMinutes(1), 10, 5, Duration.ofDays(7), Duration.ofMinutes(5));
        Presence bounded = Presence.of(ledger, few);
        for (int minute = 0; minute < 500; minute++) {
            Direction direction = minute % 3 == 2 ? Direction.EXIT : Direction.ENTRY;
            PersonId person = minute % 3 == 1 ? PersonId.of("p" + minute) : ANNA;
            ledger.append(passage(Optional.of(person), FRONT, direction, NOW.plusSeconds(60L * minute)));
        }
        bounded.catchUp();
        presence.catchUp();
        List<ZoneBucket> all = presence.history(HALL, NOW, Instant.MAX);
        List<ZoneBucket> kept = bounded.history(HALL, NOW, Instant.MAX);
        assertThat(all).hasSize(500);
        assertThat(kept.size()).isBetween(8, 10);
        assertThat(kept).isEqualTo(all.subList(500 - kept.size(), 500));
    }

    private List<LedgerEntry> randomEntries(long seed, int count, int people) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            Instant recorded = NOW.plusSeconds(i * 7L);
            // One in eight doors was without its ledger for up to an hour.
            Instant at = random.nextInt(8) == 0 ? recorded.minusSeconds(random.nextInt(3600)) : recorded;
            PersonId person = PersonId.of("person-" + random.nextInt(people));
            Direction direction = random.nextBoolean() ? Direction.ENTRY : Direction.EXIT;
            ledger.append(passage(Optional.of(person), PORTALS.get(random.nextInt(3)), direction, at), recorded);
        }
        return ledger.entries;
    }

    /** The movements that count, by the rule of the package, without anything clever. */
    private static Map<PersonId, List<LedgerEvent>> applied(List<LedgerEntry> entries) {
        Map<PersonId, List<LedgerEvent>> moves = new HashMap<>();
        for (LedgerEntry entry : entries) {
            List<LedgerEvent> before =
                    moves.computeIfAbsent(entry.event().person().orElseThrow(), person -> new ArrayList<>());
            if (before.stream()
                    .noneMatch(other -> other.occurredAt().isAfter(entry.event().occurredAt()))) {
                before.add(entry.event());
            }
        }
        return moves;
    }

    private static ZoneCode placeAt(List<LedgerEvent> moves, Instant before) {
        ZoneCode place = ZoneCode.OUTSIDE;
        for (LedgerEvent move : moves) {
            place = move.occurredAt().isBefore(before) ? move.zone().orElseThrow() : place;
        }
        return place;
    }

    @Test
    void agreesWithAPlainRecomputationOnRandomStreams() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            EntryList entries = new EntryList();
            PresenceStreamTest other = new PresenceStreamTest();
            entries.entries.addAll(other.randomEntries(seed, 3_000, 40));
            Presence counted = Presence.of(entries, OPTIONS);
            counted.catchUp();
            Map<PersonId, List<LedgerEvent>> moves = applied(entries.entries);

            List<Stay> muster = moves.entrySet().stream()
                    .map(each -> new Stay(
                            each.getKey(),
                            placeAt(each.getValue(), Instant.MAX),
                            each.getValue().get(each.getValue().size() - 1).occurredAt()))
                    .filter(stay -> !stay.zone().equals(ZoneCode.OUTSIDE))
                    .sorted(Comparator.comparing((Stay stay) -> stay.zone().value())
                            .thenComparing(Stay::person))
                    .toList();
            assertThat(counted.muster()).as("seed " + seed).isEqualTo(muster);
            int late = entries.entries.size()
                    - moves.values().stream().mapToInt(List::size).sum();
            assertThat(counted.anomalyCounts().get(Anomaly.Kind.LATE))
                    .as("seed " + seed)
                    .isEqualTo(late);

            for (ZoneCode zone : List.of(HALL, LAB, YARD)) {
                int there = (int)
                        muster.stream().filter(stay -> stay.zone().equals(zone)).count();
                assertThat(counted.counts().getOrDefault(zone, 0))
                        .as("seed " + seed)
                        .isEqualTo(there);
                for (ZoneBucket bucket : counted.history(zone, Instant.EPOCH, Instant.MAX)) {
                    Instant end = bucket.start().plus(OPTIONS.bucket());
                    int plain = (int) moves.values().stream()
                            .filter(each -> SITE.contains(zone, placeAt(each, end)))
                            .count();
                    assertThat(bucket.occupied())
                            .as("seed " + seed + ", " + zone + ", " + bucket)
                            .isEqualTo(plain);
                }
            }
        }
    }

    @Test
    void goesOnFromASnapshotAsIfItHadSeenEverything() throws Exception {
        long seed = 20260302;
        randomEntries(seed, 2_000, 30);
        EntryList half = new EntryList();
        half.entries.addAll(ledger.entries.subList(0, 900));
        Presence first = Presence.of(half, OPTIONS);
        first.catchUp();
        Presence restored = Presence.restore(ledger, OPTIONS, first.snapshot());
        assertThat(restored.applied()).isEqualTo(900);
        restored.catchUp();
        presence.catchUp();
        assertThat(restored.muster()).as("seed " + seed).isEqualTo(presence.muster());
        assertThat(restored.anomalies()).isEqualTo(presence.anomalies());
        assertThat(restored.anomalyCounts()).isEqualTo(presence.anomalyCounts());
        for (ZoneCode zone : List.of(HALL, LAB, YARD)) {
            assertThat(restored.history(zone, Instant.EPOCH, Instant.MAX))
                    .isEqualTo(presence.history(zone, Instant.EPOCH, Instant.MAX));
        }
    }

    @Test
    void refusesASnapshotThatIsCutAlteredOrOfAnotherLedger() throws Exception {
        randomEntries(7, 50, 5);
        presence.catchUp();
        byte[] snapshot = presence.snapshot();
        for (int length = 0; length < snapshot.length; length += 1 + length / 50) {
            byte[] cut = Arrays.copyOf(snapshot, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Presence.restore(ledger, OPTIONS, cut));
        }
        for (int at = 0; at < snapshot.length; at += 13) {
            byte[] flipped = snapshot.clone();
            flipped[at] ^= 4;
            assertThatIllegalArgumentException().isThrownBy(() -> Presence.restore(ledger, OPTIONS, flipped));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Presence.restore(ledger, PresenceOptions.standard(), snapshot));
        EntryList shorter = new EntryList();
        shorter.entries.addAll(ledger.entries.subList(0, 49));
        assertThatThrownBy(() -> Presence.restore(shorter, OPTIONS, snapshot)).isInstanceOf(LedgerException.class);
        PresenceStreamTest other = new PresenceStreamTest();
        other.randomEntries(8, 50, 5);
        assertThatThrownBy(() -> Presence.restore(other.ledger, OPTIONS, snapshot))
                .isInstanceOf(LedgerException.class);
    }

    @Test
    void forgetsWhoIsOutsideForLongerThanAnythingCanBeLate() throws Exception {
        Presence.of(ledger, OPTIONS);
        for (int i = 0; i < 20_000; i++) {
            PersonId visitor = PersonId.of("visitor-" + i);
            Instant at = NOW.plus(Duration.ofMinutes(30L * i));
            ledger.append(passage(Optional.of(visitor), GATE, Direction.ENTRY, at));
            ledger.append(passage(Optional.of(visitor), GATE, Direction.EXIT, at.plusSeconds(60)));
        }
        presence.catchUp();
        assertThat(presence.total()).isZero();
        // 7 days hold 336 of them; what is kept at most is twice what the last sweep left, of at least 1,000.
        assertThat(presence.snapshot().length).isLessThan(2_000 * 60 + 8 * 40_000 * 8);
        assertThat(presence.forget(PersonId.of("visitor-0"))).isFalse();
        assertThat(presence.forget(PersonId.of("visitor-19999"))).isTrue();
    }

    @Test
    @Tag("long")
    void rebuildsFromTenMillionEntries() throws Exception {
        int people = 50_000;
        int batches = 1_000;
        int batch = 10_000;
        Random random = new Random(20260303);
        List<PersonId> ids = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            ids.add(PersonId.of("person-" + i));
        }
        long nanos = 0;
        for (int i = 0; i < batches; i++) {
            List<Outline> made = new ArrayList<>();
            for (int j = 0; j < batch; j++) {
                long index = (long) i * batch + j;
                Instant at = NOW.plusMillis(index * 300);
                Direction direction = random.nextBoolean() ? Direction.ENTRY : Direction.EXIT;
                made.add(new LedgerEntry(
                                index,
                                at,
                                passage(
                                        Optional.of(ids.get(random.nextInt(people))),
                                        PORTALS.get(random.nextInt(3)),
                                        direction,
                                        at),
                                "00")
                        .outline());
            }
            long start = System.nanoTime();
            presence.apply(made);
            nanos += System.nanoTime() - start;
        }
        long entries = (long) batches * batch;
        System.out.printf("applied %,d entries at %,d entries/s%n", entries, entries * 1_000_000_000L / nanos);
        assertThat(presence.applied()).isEqualTo(entries);
        assertThat(presence.total()).isEqualTo(presence.muster().size()).isPositive();
    }
}
