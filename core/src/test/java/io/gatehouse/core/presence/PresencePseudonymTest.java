package io.gatehouse.core.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Presence.Stay;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presence over a real ledger whose people are shredded, and over doors that give no answer. */
class PresencePseudonymTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final ZoneCode HALL = ZoneCode.of("hall");
    private static final ZoneCode LAB = ZoneCode.of("lab");
    private static final PersonId ANNA = PersonId.of("anna-planted");
    private static final PersonId BEN = PersonId.of("ben-planted");
    private static final Portal FRONT =
            new Portal(PortalId.of("front"), "Front", PortalKind.DOOR, ZoneCode.OUTSIDE, HALL);
    private static final Portal LAB_DOOR = new Portal(PortalId.of("lab-door"), "Lab", PortalKind.DOOR, HALL, LAB);
    private static final PresenceOptions OPTIONS = PresenceOptions.standard()
            .withSite(new Site(
                    "works",
                    ZoneId.of("UTC"),
                    List.of(Zone.of("hall", "Hall"), new Zone(LAB, "Laboratory", Optional.of(HALL))),
                    List.of(FRONT, LAB_DOOR)));

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;
    private int second;

    @BeforeEach
    void open() throws IOException {
        InstantSource clock = InstantSource.fixed(NOW.plusSeconds(100_000));
        store = Stores.open(directory.resolve("gatehouse.db"));
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), clock);
        ledger = StoreLedger.open(store, vault, "presence.example.com", clock);
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }

    private LedgerEntry passes(PersonId person, Portal portal, Direction direction) throws IOException {
        return passes(Optional.of(person), portal, direction, "done", ++second);
    }

    private LedgerEntry noAnswer(PersonId person, Portal portal, Direction direction) throws IOException {
        return passes(Optional.of(person), portal, direction, "no-answer", ++second);
    }

    private LedgerEntry passes(Optional<PersonId> person, Portal portal, Direction direction, String actuation, int at)
            throws IOException {
        LedgerEvent.Builder event = LedgerEvent.builder(EventKind.OUTCOME, NOW.plusSeconds(at))
                .portal(portal.id())
                .zone(portal.destination(direction))
                .fact("direction", direction == Direction.ENTRY ? "entry" : "exit")
                .fact("actuation", actuation);
        person.ifPresent(event::person);
        return ledger.append(event.build());
    }

    private Presence rebuilt() throws IOException {
        Presence presence = Presence.of(ledger, OPTIONS);
        presence.catchUp();
        return presence;
    }

    private static List<Anomaly.Kind> kinds(Presence presence) {
        return presence.anomalies().stream().map(Anomaly::kind).toList();
    }

    @Test
    void entriesTellThePseudonymAlsoOfWhoWasShredded() throws Exception {
        LedgerEntry first = passes(ANNA, FRONT, Direction.ENTRY);
        LedgerEntry second = passes(ANNA, FRONT, Direction.EXIT);
        LedgerEntry other = passes(BEN, FRONT, Direction.ENTRY);
        assertThat(first.pseudonym()).isPresent().isEqualTo(second.pseudonym()).isNotEqualTo(other.pseudonym());
        assertThat(ledger.entries(0, 3)).containsExactly(first, second, other);
        vault.shred(ANNA, DataClass.LEDGER);
        LedgerEntry shredded = ledger.entries(0, 1).get(0);
        assertThat(shredded.event().person()).isEmpty();
        assertThat(shredded.pseudonym()).isEqualTo(first.pseudonym());
        assertThat(passes(ANNA, FRONT, Direction.ENTRY).pseudonym()).isEmpty();
        vault.renew(ANNA, DataClass.LEDGER);
        assertThat(passes(ANNA, FRONT, Direction.ENTRY).pseudonym()).isPresent().isNotEqualTo(first.pseudonym());
    }

    @Test
    void rebuildsFromEntriesOfShreddedPeopleWithoutKnowingWho() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY);
        passes(BEN, FRONT, Direction.ENTRY);
        passes(ANNA, LAB_DOOR, Direction.ENTRY);
        vault.shred(ANNA, DataClass.LEDGER);
        Presence rebuilt = rebuilt();
        assertThat(rebuilt.counts()).isEqualTo(Map.of(HALL, 1, LAB, 1));
        assertThat(rebuilt.anonymous()).isEqualTo(1);
        assertThat(rebuilt.muster()).extracting(Stay::person).containsExactly(BEN);
        assertThat(rebuilt.stayOf(ANNA)).isEmpty();
        assertThat(rebuilt.anomalies()).isEmpty();
        // Withheld: nothing tells that it is the same one.
        passes(ANNA, LAB_DOOR, Direction.EXIT);
        passes(ANNA, FRONT, Direction.EXIT);
        rebuilt.catchUp();
        assertThat(rebuilt.counts()).isEqualTo(Map.of(HALL, 1));
        assertThat(rebuilt.anonymous()).isZero();
        assertThat(rebuilt.anomalies()).isEmpty();
    }

    @Test
    void pairsMovementsOfShreddedPeopleWithoutASite() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY);
        passes(ANNA, LAB_DOOR, Direction.ENTRY);
        passes(ANNA, FRONT, Direction.EXIT);
        passes(ANNA, FRONT, Direction.EXIT);
        vault.shred(ANNA, DataClass.LEDGER);
        Presence plain = Presence.of(ledger);
        plain.catchUp();
        assertThat(plain.total()).isZero();
        assertThat(kinds(plain)).containsExactly(Anomaly.Kind.EXIT_WITHOUT_ENTRY);
        assertThat(plain.anomalies().get(0).person()).isEmpty();
    }

    @Test
    void countsRightWhoeverIsShreddedWhenever() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("PresencePseudonymTest seed " + seed);
        Random random = new Random(seed);
        Map<PersonId, ZoneCode> truth = new HashMap<>();
        Set<PersonId> shredded = new HashSet<>();
        Presence followed = Presence.of(ledger, OPTIONS);
        for (int step = 0; step < 400; step++) {
            PersonId person = PersonId.of("person-" + random.nextInt(8));
            ZoneCode zone = truth.getOrDefault(person, ZoneCode.OUTSIDE);
            boolean isDown = zone.equals(LAB) || (zone.equals(HALL) && random.nextBoolean());
            Portal door = zone.equals(LAB) || (zone.equals(HALL) && !isDown) ? LAB_DOOR : FRONT;
            Direction direction = isDown ? Direction.EXIT : Direction.ENTRY;
            passes(person, door, direction);
            truth.put(person, door.destination(direction));
            followed.catchUp();
            if (random.nextInt(20) == 0 && shredded.add(person)) {
                vault.shred(person, DataClass.LEDGER);
                followed.forget(person);
            } else if (random.nextInt(4) == 0
                    && truth.get(person).equals(ZoneCode.OUTSIDE)
                    && shredded.remove(person)) {
                vault.renew(person, DataClass.LEDGER);
            }
            if (step % 10 == 0) {
                requireRight(followed, truth, shredded, "followed, step " + step + ", seed " + seed);
                requireRight(rebuilt(), truth, shredded, "rebuilt, step " + step + ", seed " + seed);
                followed = Presence.restore(ledger, OPTIONS, followed.snapshot());
                requireRight(followed, truth, shredded, "restored, step " + step + ", seed " + seed);
            }
        }
    }

    private static void requireRight(
            Presence presence, Map<PersonId, ZoneCode> truth, Set<PersonId> shredded, String what) {
        Map<ZoneCode, Integer> counts =
                new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        Set<PersonId> named = new HashSet<>();
        truth.forEach((person, zone) -> {
            if (!zone.equals(ZoneCode.OUTSIDE)) {
                counts.merge(zone, 1, Integer::sum);
                if (!shredded.contains(person)) {
                    named.add(person);
                }
            }
        });
        assertThat(presence.counts()).as(what).isEqualTo(counts);
        assertThat(presence.anomalies()).as(what).isEmpty();
        assertThat(presence.muster()).as(what).extracting(Stay::person).containsExactlyInAnyOrderElementsOf(named);
        int now = presence.history(HALL, Instant.EPOCH, Instant.MAX).stream()
                .reduce((one, last) -> last)
                .map(ZoneBucket::occupied)
                .orElse(0);
        assertThat(now).as(what).isEqualTo(presence.total());
    }

    @Test
    void aSnapshotNamesNobodyAndARestoredOneOnlyWhoIsNotShredded() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY);
        passes(BEN, FRONT, Direction.ENTRY);
        passes(BEN, FRONT, Direction.ENTRY);
        byte[] snapshot = rebuilt().snapshot();
        assertThat(new String(snapshot, StandardCharsets.ISO_8859_1))
                .doesNotContain("planted")
                .contains(ledger.entries(0, 1).get(0).pseudonym().orElseThrow());
        Presence restored = Presence.restore(ledger, OPTIONS, snapshot);
        assertThat(restored.muster()).isEqualTo(rebuilt().muster()).hasSize(2);
        assertThat(restored.anomalies()).isEqualTo(rebuilt().anomalies());
        assertThat(restored.anomalies().get(0).person()).hasValue(BEN);
        vault.shred(BEN, DataClass.LEDGER);
        Presence after = Presence.restore(ledger, OPTIONS, snapshot);
        assertThat(after.muster()).extracting(Stay::person).containsExactly(ANNA);
        assertThat(after.anonymous()).isEqualTo(1);
        assertThat(after.anomalies().get(0).person()).isEmpty();
        assertThat(after.counts()).isEqualTo(Map.of(HALL, 2));
    }

    @Test
    void aDoorWithoutAnAnswerLeavesItOpenWhereSomebodyIs() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY);
        noAnswer(ANNA, LAB_DOOR, Direction.ENTRY);
        noAnswer(BEN, FRONT, Direction.ENTRY);
        Presence presence = rebuilt();
        assertThat(kinds(presence)).containsExactly(Anomaly.Kind.NO_ANSWER, Anomaly.Kind.NO_ANSWER);
        assertThat(presence.anomalies().get(0).person()).hasValue(ANNA);
        assertThat(presence.counts()).isEqualTo(Map.of(HALL, 1));
        Stay anna = new Stay(ANNA, HALL, NOW.plusSeconds(1), Optional.of(LAB));
        Stay ben = new Stay(BEN, ZoneCode.OUTSIDE, NOW.plusSeconds(3), Optional.of(HALL));
        assertThat(presence.stayOf(ANNA)).hasValue(anna);
        assertThat(presence.muster()).as("who may be inside is looked for").containsExactlyInAnyOrder(anna, ben);
        assertThat(Presence.restore(ledger, OPTIONS, presence.snapshot()).muster())
                .isEqualTo(presence.muster());
    }

    @Test
    void whoIsSeenAgainIsWhereTheyWereSeen() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY);
        noAnswer(ANNA, LAB_DOOR, Direction.ENTRY);
        passes(ANNA, LAB_DOOR, Direction.EXIT);
        noAnswer(BEN, FRONT, Direction.ENTRY);
        passes(BEN, FRONT, Direction.ENTRY);
        Presence presence = rebuilt();
        assertThat(presence.muster())
                .containsExactly(new Stay(ANNA, HALL, NOW.plusSeconds(3)), new Stay(BEN, HALL, NOW.plusSeconds(5)));
        assertThat(kinds(presence)).as("either place goes with it").containsOnly(Anomaly.Kind.NO_ANSWER);
        noAnswer(BEN, FRONT, Direction.EXIT);
        passes(BEN, FRONT, Direction.EXIT);
        presence.catchUp();
        assertThat(presence.muster()).extracting(Stay::person).containsExactly(ANNA);
    }

    @Test
    void whatComesInLateGivesTheSameDoubtAsInOrder() throws Exception {
        passes(Optional.of(ANNA), LAB_DOOR, Direction.ENTRY, "no-answer", 20);
        passes(Optional.of(ANNA), FRONT, Direction.ENTRY, "done", 10);
        assertThat(rebuilt().stayOf(ANNA)).hasValue(new Stay(ANNA, HALL, NOW.plusSeconds(10), Optional.of(LAB)));
        passes(Optional.of(BEN), FRONT, Direction.ENTRY, "done", 20);
        passes(Optional.of(BEN), LAB_DOOR, Direction.ENTRY, "no-answer", 10);
        Presence presence = rebuilt();
        assertThat(presence.stayOf(BEN)).hasValue(new Stay(BEN, HALL, NOW.plusSeconds(20)));
        assertThat(kinds(presence)).containsExactly(Anomaly.Kind.NO_ANSWER, Anomaly.Kind.LATE);
    }

    @Test
    void aDoorThatGaveNoAnswerToSomebodyUnknownIsTold() throws Exception {
        passes(Optional.empty(), FRONT, Direction.ENTRY, "no-answer", 1);
        passes(Optional.of(ANNA), FRONT, Direction.ENTRY, "failed", 2);
        Presence presence = rebuilt();
        assertThat(presence.total()).isZero();
        assertThat(presence.muster()).isEmpty();
        assertThat(kinds(presence)).containsExactly(Anomaly.Kind.NO_ANSWER);
    }

    @Test
    void refusesASnapshotOfPeopleThatTheLedgerDoesNotHave() throws Exception {
        passes(ANNA, FRONT, Direction.ENTRY);
        passes(BEN, FRONT, Direction.ENTRY);
        PresenceSnapshot taken = PresenceSnapshot.decode(rebuilt().snapshot(), OPTIONS);
        taken.crowd().people.places().values().forEach(place -> place.index = 1 - place.index);
        byte[] altered = taken.encode(OPTIONS);
        assertThatThrownBy(() -> Presence.restore(ledger, OPTIONS, altered))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("somebody else");
    }
}
