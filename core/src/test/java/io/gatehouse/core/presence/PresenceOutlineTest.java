package io.gatehouse.core.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
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
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presence that is rebuilt from outlines, beside one that opens entry after entry. */
class PresenceOutlineTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final ZoneCode HALL = ZoneCode.of("hall");
    private static final ZoneCode LAB = ZoneCode.of("lab");
    private static final ZoneCode YARD = ZoneCode.of("yard");
    private static final List<Portal> PORTALS = List.of(
            new Portal(PortalId.of("front"), "Front", PortalKind.DOOR, ZoneCode.OUTSIDE, HALL),
            new Portal(PortalId.of("lab-door"), "Lab", PortalKind.DOOR, HALL, LAB),
            new Portal(PortalId.of("gate"), "Gate", PortalKind.DOOR, ZoneCode.OUTSIDE, YARD));
    private static final PresenceOptions WITHOUT_SITE = PresenceOptions.standard();
    private static final PresenceOptions WITH_SITE = WITHOUT_SITE.withSite(new Site(
            "works",
            ZoneId.of("UTC"),
            List.of(Zone.of("hall", "Hall"), new Zone(LAB, "Laboratory", Optional.of(HALL)), Zone.of("yard", "Yard")),
            PORTALS));
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BEN = PersonId.of("ben");

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;

    @BeforeEach
    void open() throws IOException {
        InstantSource clock = InstantSource.fixed(NOW.plusSeconds(4_000));
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

    /** The first entries of the ledger, which are opened one by one. */
    private class Opened implements Ledger {
        long size;

        @Override
        public LedgerEntry append(LedgerEvent event) {
            throw new UnsupportedOperationException("this one is read");
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) throws IOException {
            int most = (int) Math.min(limit, Math.max(0, size - from));
            return most == 0 ? List.of() : ledger.entries(from, most);
        }

        @Override
        public Checkpoint checkpoint() {
            throw new UnsupportedOperationException("this one is read");
        }
    }

    /** The plain way: each entry is opened and applied, and the names of who it put inside are told before the next. */
    private Presence eventByEvent(PresenceOptions options) throws IOException {
        Opened opened = new Opened();
        Presence presence = Presence.of(opened, options);
        while (opened.size < ledger.size()) {
            opened.size++;
            presence.catchUp();
        }
        return presence;
    }

    private Presence rebuilt(PresenceOptions options) throws IOException {
        Presence presence = Presence.of(ledger, options);
        presence.catchUp();
        return presence;
    }

    private static void requireSame(Presence one, Presence other, String what) {
        assertThat(one.applied()).as(what).isEqualTo(other.applied());
        assertThat(one.counts()).as(what).isEqualTo(other.counts());
        assertThat(one.anonymous()).as(what).isEqualTo(other.anonymous());
        assertThat(one.muster()).as(what).isEqualTo(other.muster());
        assertThat(one.anomalies()).as(what).isEqualTo(other.anomalies());
        assertThat(one.anomalyCounts()).as(what).isEqualTo(other.anomalyCounts());
        for (ZoneCode zone : List.of(HALL, LAB, YARD)) {
            assertThat(one.history(zone, Instant.EPOCH, Instant.MAX))
                    .as(what)
                    .isEqualTo(other.history(zone, Instant.EPOCH, Instant.MAX));
        }
        assertThat(one.heatMap(Instant.EPOCH, Instant.MAX))
                .as(what)
                .isEqualTo(other.heatMap(Instant.EPOCH, Instant.MAX));
    }

    /** Anything that presence counts, and something that it does not; also late, ahead and without an answer. */
    private static LedgerEvent random(Random random, int step) {
        Instant at = NOW.plusSeconds(step * 10L + (random.nextInt(5) == 0 ? random.nextInt(12_000) - 6_000 : 0));
        PersonId person = PersonId.of("person-" + random.nextInt(9));
        Portal portal = PORTALS.get(random.nextInt(PORTALS.size()));
        Direction direction = random.nextBoolean() ? Direction.ENTRY : Direction.EXIT;
        ZoneCode to = portal.destination(direction);
        int what = random.nextInt(20);
        if (what == 0) {
            return PresenceCorrection.moved(person, HALL, to, at, PersonId.of("guard"), "seen");
        }
        if (what == 1) {
            ZoneCode counted = random.nextBoolean() ? HALL : YARD;
            return PresenceCorrection.anonymous(counted, random.nextInt(4), at, PersonId.of("guard"), "counted");
        }
        LedgerEvent.Builder event = LedgerEvent.builder(
                        random.nextInt(6) == 0 ? EventKind.PASSAGE : EventKind.OUTCOME, at)
                .portal(portal.id())
                .zone(to)
                .fact("direction", direction == Direction.ENTRY ? "entry" : "exit")
                .fact("actuation", random.nextInt(8) == 0 ? "no-answer" : random.nextInt(9) == 0 ? "failed" : "done");
        return random.nextInt(15) == 0 ? event.build() : event.person(person).build();
    }

    @Test
    @DisplayName(
            "rebuilt from outlines presence is what it is event by event, whoever is shredded and whatever comes in")
    void isTheSameAsEventByEvent() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("PresenceOutlineTest seed " + seed);
        Random random = new Random(seed);
        Set<String> shredded = new TreeSet<>();
        for (int step = 0; step < 360; step++) {
            ledger.append(random(random, step));
            String person = "person-" + random.nextInt(9);
            if (random.nextInt(15) == 0 && shredded.add(person)) {
                vault.shred(PersonId.of(person), DataClass.LEDGER);
            } else if (random.nextInt(6) == 0 && shredded.remove(person)) {
                vault.renew(PersonId.of(person), DataClass.LEDGER);
            }
            if (step % 40 == 39) {
                for (PresenceOptions options : List.of(WITH_SITE, WITHOUT_SITE)) {
                    String what =
                            "step " + step + (options.equals(WITH_SITE) ? " with" : " without") + " site, seed " + seed;
                    requireSame(rebuilt(options), eventByEvent(options), what);
                }
            }
        }
    }

    @Test
    @DisplayName("one that follows, or goes on from a snapshot, is what one that is rebuilt is")
    void isTheSameWhenItFollows() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("PresenceOutlineTest seed " + seed);
        Random random = new Random(seed);
        // What happens to them is withheld, before their first entry and after.
        for (int person = 0; person < 3; person++) {
            vault.seal(PersonId.of("person-" + person), DataClass.LEDGER, new byte[] {1});
            vault.shred(PersonId.of("person-" + person), DataClass.LEDGER);
        }
        for (PresenceOptions options : List.of(WITH_SITE, WITHOUT_SITE)) {
            Presence followed = rebuilt(options);
            Presence restored = rebuilt(options);
            for (int step = 0; step < 300; step++) {
                ledger.append(random(random, step));
                followed.catchUp();
                if (step % 10 == 3) {
                    restored.catchUp();
                    restored = Presence.restore(ledger, options, restored.snapshot());
                }
            }
            restored.catchUp();
            requireSame(rebuilt(options), followed, "followed, seed " + seed);
            requireSame(restored, followed, "restored, seed " + seed);
        }
    }

    private void enters(PersonId person, int second) throws IOException {
        ledger.append(LedgerEvent.builder(EventKind.PASSAGE, NOW.plusSeconds(second))
                .person(person)
                .zone(HALL)
                .build());
    }

    private void leaves(PersonId person, int second) throws IOException {
        ledger.append(LedgerEvent.builder(EventKind.PASSAGE, NOW.plusSeconds(second))
                .person(person)
                .zone(ZoneCode.OUTSIDE)
                .build());
    }

    /** Counts which entries are opened; outlines are the ledger's own. */
    private final class Counting extends Opened {
        private final List<Long> asked = new ArrayList<>();
        private Runnable afterwards = () -> {};

        @Override
        public long size() {
            try {
                return ledger.size();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) throws IOException {
            asked.add(from);
            List<LedgerEntry> read = ledger.entries(from, limit);
            afterwards.run();
            return read;
        }

        @Override
        public void outlines(long from, Ledger.OutlineSink sink) throws IOException {
            ledger.outlines(from, sink);
        }
    }

    @Test
    @DisplayName("of all entries one is opened for each person who is inside, once")
    void opensWhoIsInsideOnly() throws Exception {
        for (int second = 0; second < 50; second++) {
            enters(second % 2 == 0 ? ANNA : BEN, 4 * second);
            leaves(second % 2 == 0 ? ANNA : BEN, 4 * second + 2);
        }
        enters(ANNA, 1_000);
        Counting counting = new Counting();
        Presence presence = Presence.of(counting, WITHOUT_SITE);
        presence.catchUp();
        assertThat(presence.muster()).extracting(Stay::person).containsExactly(ANNA);
        assertThat(counting.asked).containsExactly(100L);
        enters(ANNA, 1_001);
        leaves(ANNA, 1_002);
        enters(ANNA, 1_003);
        presence.catchUp();
        assertThat(counting.asked).as("she is known").containsExactly(100L);
        enters(BEN, 1_004);
        presence.catchUp();
        assertThat(presence.muster()).extracting(Stay::person).containsExactly(ANNA, BEN);
        assertThat(counting.asked).containsExactly(100L, 104L);
    }

    @Test
    @DisplayName("who is forgotten while names are read is not named by what was read before")
    void doesNotNameWhoWasForgottenMeanwhile() throws Exception {
        enters(ANNA, 1);
        enters(BEN, 2);
        Counting counting = new Counting();
        Presence presence = Presence.of(counting, WITHOUT_SITE);
        counting.afterwards = () -> {
            counting.afterwards = () -> {};
            try {
                vault.shred(ANNA, DataClass.LEDGER);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(presence.forget(ANNA)).as("not named yet").isFalse();
        };
        presence.catchUp();
        assertThat(presence.muster()).extracting(Stay::person).containsExactly(BEN);
        assertThat(presence.anonymous()).isEqualTo(1);
        assertThat(presence.total()).isEqualTo(2);
    }

    @Test
    @DisplayName("an entry that was altered stops it where it is; it goes on when the entry is mended")
    void stopsAtAnAlteredEntry() throws Exception {
        enters(ANNA, 1);
        enters(BEN, 2);
        Presence presence = Presence.of(ledger, WITHOUT_SITE);
        change("CREATE TABLE was AS SELECT * FROM ledger_entry WHERE position = 1");
        change("UPDATE ledger_entry SET content = substr(content, 1, 40) || x'07' || substr(content, 42)"
                + " WHERE position = 1");
        assertThatThrownBy(presence::catchUp)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("entry 1 was altered");
        change("UPDATE ledger_entry SET content = (SELECT content FROM was) WHERE position = 1");
        presence.catchUp();
        assertThat(presence.muster()).extracting(Stay::person).containsExactly(ANNA, BEN);
        assertThat(presence.applied()).isEqualTo(2);
    }

    private void change(String sql) throws IOException {
        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }
}
