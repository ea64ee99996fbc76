package io.gatehouse.policy.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Directory;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.presence.PresenceCorrection;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.watch.FindingSink.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchFeedTest {
    private static final Instant NINE = Instant.parse("2026-03-04T08:00:00Z");
    private static final PersonId LI = PersonId.of("li-7");
    private static final PersonId WANG = PersonId.of("wang-3");
    private static final Directory PEOPLE = id ->
            Optional.of(new Person(id, "Name", id.equals(LI) ? PersonKind.VISITOR : PersonKind.EMPLOYEE, Set.of()));
    private static final WatchRules RULES = WatchRules.of(
            1,
            rule("often", new Pattern.ManyPassages(2, Duration.ofMinutes(10)), Scope.all()),
            rule(
                    "refused",
                    new Pattern.RefusedOften(2, Duration.ofMinutes(10), Pattern.RefusedOften.Per.PERSON),
                    Scope.ofZones(RandomStreams.HOUSE)),
            rule("forced", new Pattern.Reported(Set.of(EventKind.DOOR_FORCED_OPEN)), Scope.all()),
            rule("stays", new Pattern.Overstay(Duration.ofHours(1)), Scope.all().kinds(PersonKind.VISITOR)));

    @TempDir
    Path directory;

    private Instant now = NINE;

    @Test
    @DisplayName("REG-6 REG-10 what a gate records is found, with the name of whom it is about, once")
    void findsInALedger() throws IOException {
        try (Store store = open()) {
            StoreVault vault = vault(store);
            Ledger ledger = ledger(store, vault);
            List<Found> found = new ArrayList<>();
            WatchFeed feed = feed(ledger, found::addAll);
            record(ledger, denied(LI));
            record(ledger, denied(LI));
            record(ledger, LedgerEvent.builder(EventKind.DOOR_FORCED_OPEN, now).portal(PortalId.of("front")));
            record(ledger, outcome(LI, "done"));
            record(ledger, outcome(WANG, "done"));
            record(ledger, outcome(WANG, "failed"));
            feed.catchUp(now.plusSeconds(60));
            assertThat(found)
                    .extracting(it -> it.finding().rule(), Found::person)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("forced", Optional.empty()),
                            org.assertj.core.groups.Tuple.tuple("refused", Optional.of(LI)));
            feed.catchUp(now.plus(Duration.ofHours(2)));
            assertThat(found).hasSize(3);
            assertThat(found.get(2).finding().reason().code()).isEqualTo("watch.overstay");
            assertThat(found.get(2).person()).contains(LI);
        }
    }

    @Test
    @DisplayName(
            "REG-6 the same rules over the history of a ledger find the same with the same ids, also after a restart")
    void findsTheSameInHistory() throws IOException {
        List<Found> live = new ArrayList<>();
        try (Store store = open()) {
            Ledger ledger = ledger(store, vault(store));
            WatchFeed feed = feed(ledger, live::addAll);
            for (int i = 0; i < 40; i++) {
                record(ledger, i % 3 == 0 ? denied(i % 2 == 0 ? LI : WANG) : outcome(i % 5 == 0 ? WANG : LI, "done"));
                feed.catchUp(now);
            }
            feed.catchUp(now.plus(Duration.ofDays(1)));
            assertThat(live).isNotEmpty();
        }
        try (Store store = open()) {
            List<Found> again = new ArrayList<>();
            feed(ledger(store, vault(store)), again::addAll).catchUp(now.plus(Duration.ofDays(1)));
            assertThat(again).containsExactlyInAnyOrderElementsOf(live);
            assertThat(again.stream().map(it -> it.finding().id()))
                    .containsExactlyInAnyOrderElementsOf(
                            live.stream().map(it -> it.finding().id()).toList());
        }
    }

    @Test
    @DisplayName("REG-10 who was shredded is still followed, without a name and without being taken for a visitor")
    void followsWhoWasShredded() throws IOException {
        try (Store store = open()) {
            StoreVault vault = vault(store);
            Ledger ledger = ledger(store, vault);
            record(ledger, outcome(LI, "done"));
            record(ledger, outcome(LI, "done"));
            vault.shred(LI, DataClass.LEDGER);
            List<Found> found = new ArrayList<>();
            feed(ledger, found::addAll).catchUp(now.plus(Duration.ofDays(1)));
            assertThat(found).extracting(it -> it.finding().rule()).containsExactly("often");
            assertThat(found.get(0).person()).isEmpty();
            assertThat(found.get(0).finding().subject()).isPresent();
        }
    }

    @Test
    void whatTheSinkDidNotTakeComesAgain() throws IOException {
        try (Store store = open()) {
            Ledger ledger = ledger(store, vault(store));
            List<Found> found = new ArrayList<>();
            boolean[] fails = {true};
            WatchFeed feed = feed(ledger, next -> {
                if (fails[0]) {
                    throw new IOException("the disk is full");
                }
                found.addAll(next);
            });
            record(ledger, LedgerEvent.builder(EventKind.DOOR_FORCED_OPEN, now).portal(PortalId.of("front")));
            assertThatThrownBy(() -> feed.catchUp(now)).hasMessage("the disk is full");
            fails[0] = false;
            feed.catchUp(now);
            assertThat(found).hasSize(1);
            assertThat(feed.next()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("REG-10 a guard's correction ends a stay and counts as no passage")
    void correctionMovesButIsNoPassage() throws IOException {
        try (Store store = open()) {
            Ledger ledger = ledger(store, vault(store));
            List<Found> found = new ArrayList<>();
            record(ledger, outcome(LI, "done"));
            now = now.plusSeconds(30);
            ledger.append(PresenceCorrection.moved(
                    LI,
                    RandomStreams.HOUSE,
                    io.gatehouse.core.place.ZoneCode.OUTSIDE,
                    now,
                    WANG,
                    "left by the garden"));
            feed(ledger, found::addAll).catchUp(now.plus(Duration.ofDays(1)));
            assertThat(found).isEmpty();
        }
    }

    private static WatchRule rule(String id, Pattern pattern, Scope scope) {
        return WatchRule.of(id, Severity.WARNING, pattern, scope);
    }

    private WatchFeed feed(Ledger ledger, FindingSink sink) {
        return WatchFeed.create(ledger, PEOPLE, RandomStreams.SITE, RULES, WatcherOptions.standard(), sink);
    }

    private void record(Ledger ledger, LedgerEvent.Builder event) throws IOException {
        ledger.append(event.build());
        now = now.plusSeconds(20);
    }

    private LedgerEvent.Builder denied(PersonId person) {
        return LedgerEvent.builder(EventKind.DECISION, now)
                .portal(PortalId.of("front"))
                .person(person)
                .fact("direction", "entry")
                .fact("decision", "denied");
    }

    private LedgerEvent.Builder outcome(PersonId person, String actuation) {
        return LedgerEvent.builder(EventKind.OUTCOME, now)
                .portal(PortalId.of("front"))
                .zone(RandomStreams.HOUSE)
                .person(person)
                .fact("actuation", actuation);
    }

    private Store open() throws IOException {
        return Stores.open("sqlite:" + directory.resolve("watch.db"));
    }

    private StoreVault vault(Store store) throws IOException {
        return StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> now);
    }

    private Ledger ledger(Store store, StoreVault vault) throws IOException {
        return StoreLedger.open(store, vault, "test.example/watch", () -> now);
    }
}
