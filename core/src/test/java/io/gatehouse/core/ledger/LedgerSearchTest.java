package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerQuery.Order;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerSearchTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BEN = PersonId.of("ben");
    private static final List<EventKind> KINDS = List.of(EventKind.DECISION, EventKind.PASSAGE, EventKind.OUTCOME);

    /** Few, so that what is searched lies in many runs and in memory. */
    private static final int PERSON_RUN = 64;

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("gatehouse.db");
    }

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(url());
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), CLOCK);
        ledger = StoreLedger.open(store, vault, "search.example.com", CLOCK, PERSON_RUN);
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }

    /** Few times, so that many are the same; out of order, as they come from gates that were offline. */
    private static LedgerEvent random(Random random) {
        LedgerEvent.Builder event =
                LedgerEvent.builder(KINDS.get(random.nextInt(KINDS.size())), NOW.plusSeconds(random.nextInt(200)));
        if (random.nextInt(4) > 0) {
            event.portal(PortalId.of("portal-" + random.nextInt(4)));
        }
        if (random.nextInt(3) > 0) {
            event.zone(ZoneCode.of("zone-" + random.nextInt(3)));
        }
        if (random.nextInt(3) > 0) {
            event.person(random.nextBoolean() ? ANNA : BEN);
        }
        return event.build();
    }

    private List<LedgerEntry> append(Stream<LedgerEvent> events) {
        List<CompletableFuture<LedgerEntry>> futures =
                events.map(ledger::appendAsync).toList();
        return futures.stream().map(CompletableFuture::join).toList();
    }

    private static <T> Optional<T> maybe(Random random, Function<Random, T> value) {
        return random.nextInt(3) == 0 ? Optional.of(value.apply(random)) : Optional.empty();
    }

    private static LedgerQuery query(Random random) {
        return new LedgerQuery(
                maybe(random, any -> NOW.plusSeconds(any.nextInt(220) - 10)),
                maybe(random, any -> NOW.plusSeconds(any.nextInt(220) - 10)),
                maybe(random, any -> PersonId.of(any.nextInt(5) == 0 ? "nobody" : any.nextBoolean() ? "anna" : "ben")),
                maybe(random, any -> PortalId.of("portal-" + any.nextInt(5))),
                maybe(random, any -> ZoneCode.of("zone-" + any.nextInt(4))),
                maybe(random, any -> KINDS.get(any.nextInt(KINDS.size()))),
                random.nextBoolean() ? Order.NEWEST_FIRST : Order.OLDEST_FIRST,
                1 + random.nextInt(60));
    }

    /** The plain way: looks at every entry and sorts. */
    private static List<LedgerEntry> plain(List<LedgerEntry> all, LedgerQuery query) {
        Comparator<LedgerEntry> oldest = Comparator.<LedgerEntry, Instant>comparing(
                        entry -> entry.event().occurredAt())
                .thenComparing(LedgerEntry::index);
        return all.stream()
                .filter(entry -> query.matches(entry.event()))
                .sorted(query.order() == Order.OLDEST_FIRST ? oldest : oldest.reversed())
                .toList();
    }

    private List<LedgerEntry> paged(LedgerQuery query) throws IOException {
        List<LedgerEntry> found = new ArrayList<>();
        LedgerPage page = ledger.search(query);
        found.addAll(page.entries());
        while (page.next().isPresent()) {
            assertThat(page.entries()).hasSize(query.pageSize());
            page = ledger.search(query, page.next());
            found.addAll(page.entries());
        }
        return found;
    }

    @Test
    void findsWhatAPlainFilterFindsForAnyCombination() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("LedgerSearchTest seed " + seed);
        Random random = new Random(seed);
        List<LedgerEntry> all = append(Stream.generate(() -> random(random)).limit(1_500));
        for (int i = 0; i < 150; i++) {
            LedgerQuery query = query(random);
            List<LedgerEntry> expected = plain(all, query);
            assertThat(paged(query)).as("%s, seed %d", query, seed).isEqualTo(expected);
            if (i % 10 == 0) {
                assertThat(ledger.stream(query)).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsOnlyThePagesThatAreAskedFor() throws Exception {
        append(Stream.generate(() -> random(new Random(1))).limit(500));
        LedgerQuery query = LedgerQuery.builder().pageSize(10).build();
        try (Stream<LedgerEntry> stream = ledger.stream(query)) {
            // An entry that cannot be read stands where a stream that reads ahead would meet it.
            change("UPDATE ledger_entry SET content = zeroblob(40) WHERE position = 100");
            assertThat(stream.limit(25)).hasSize(25);
        }
        assertThatThrownBy(() -> ledger.stream(query).count()).hasRootCauseInstanceOf(LedgerException.class);
    }

    @Test
    void pagesNeitherRepeatNorSkipWhileOthersAppend() throws Exception {
        List<LedgerEntry> before =
                append(Stream.generate(() -> random(new Random(2))).limit(100));
        LedgerQuery query = LedgerQuery.builder().pageSize(30).build();
        List<LedgerEntry> found = new ArrayList<>();
        LedgerPage page = ledger.search(query);
        found.addAll(page.entries());
        while (page.next().isPresent()) {
            append(Stream.of(LedgerEvent.builder(EventKind.DECISION, NOW.plusSeconds(1_000))
                    .build()));
            page = ledger.search(query, page.next());
            found.addAll(page.entries());
        }
        assertThat(found).isEqualTo(plain(before, query));
    }

    @Test
    @DisplayName("a shredded person is found no more, and after a renewal only what happened since")
    void findsNothingOfAShreddedPerson() throws Exception {
        LedgerQuery anna = LedgerQuery.builder().person(ANNA).build();
        append(Stream.of(ANNA, BEN, ANNA)
                .map(person -> LedgerEvent.builder(EventKind.PASSAGE, NOW)
                        .person(person)
                        .build()));
        assertThat(ledger.search(anna).entries()).hasSize(2);
        vault.shred(ANNA, DataClass.LEDGER);
        assertThat(ledger.search(anna)).isEqualTo(new LedgerPage(List.of(), Optional.empty()));
        assertThat(ledger.search(LedgerQuery.builder().build()).entries()).hasSize(3);
        vault.renew(ANNA, DataClass.LEDGER);
        LedgerEntry since = ledger.append(
                LedgerEvent.builder(EventKind.PASSAGE, NOW).person(ANNA).build());
        assertThat(ledger.search(anna).entries()).containsExactly(since);
    }

    @Test
    void refusesCursorsThatAreNotOfTheQuery() throws Exception {
        append(Stream.generate(() -> random(new Random(3))).limit(20));
        LedgerQuery query = LedgerQuery.builder().pageSize(5).build();
        String cursor = ledger.search(query).next().orElseThrow();
        LedgerQuery larger = LedgerQuery.builder().pageSize(7).build();
        assertThat(ledger.search(larger, Optional.of(cursor)).entries()).hasSize(7);
        LedgerQuery other = LedgerQuery.builder().kind(EventKind.PASSAGE).build();
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.search(other, Optional.of(cursor)));
        for (int length = 0; length < cursor.length(); length++) {
            String cut = cursor.substring(0, length);
            assertThatIllegalArgumentException().isThrownBy(() -> ledger.search(query, Optional.of(cut)));
        }
        String large = "A".repeat(1_000_000);
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.search(query, Optional.of(large)));
    }

    @Test
    void refusesPagesAndTimesOutOfBounds() {
        for (int size : new int[] {0, -1, 1_001}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LedgerQuery.builder().pageSize(size).build());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerQuery.builder().from(Instant.MIN).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerQuery.builder().until(Instant.MAX).build());
    }

    @Test
    void findsEventsOfAnyTime() throws Exception {
        List<LedgerEntry> entries = append(Stream.of(Instant.MIN, Instant.EPOCH, NOW, Instant.MAX)
                .map(time -> LedgerEvent.builder(EventKind.DECISION, time).build()));
        assertThat(ledger.search(LedgerQuery.builder().order(Order.OLDEST_FIRST).build())
                        .entries())
                .isEqualTo(entries);
        assertThat(ledger.search(LedgerQuery.builder().from(NOW).build()).entries())
                .containsExactly(entries.get(3), entries.get(2));
        assertThat(ledger.search(LedgerQuery.builder().until(NOW).build()).entries())
                .containsExactly(entries.get(1), entries.get(0));
    }

    @Test
    @DisplayName("every query reads an index in order: nothing is scanned whole or sorted")
    void usesAnIndex() throws Exception {
        TestSql.requireSqlite(store, "the plan is read in SQLite's words");
        Random random = new Random(4);
        for (int i = 0; i < 300; i++) {
            LedgerQuery query = query(random);
            Optional<SearchCursor> after = maybe(random, any -> new SearchCursor(any.nextLong(), any.nextInt(1_000)));
            String index = query.order() == Order.NEWEST_FIRST ? "newest" : "oldest";
            assertThat(plan(query, after))
                    .as("%s %s", query, after)
                    .contains("SEARCH t USING COVERING INDEX ledger_tile_" + index + " (attribute=? AND value=?")
                    .doesNotContain("SCAN")
                    .doesNotContain("TEMP B-TREE");
        }
    }

    @Test
    void findsChangesOfKeyByTheirOwnIndex() throws Exception {
        TestSql.requireSqlite(store, "the plan is read in SQLite's words");
        assertThat(plan(new Conditions(SigningTables.CHANGES, List.of()))).contains("INDEX ledger_entry_key_change");
    }

    private String plan(LedgerQuery query, Optional<SearchCursor> after) throws IOException {
        return plan(store.read(connection -> new TileSearch(connection, query, after, 50).tiles()));
    }

    private String plan(Conditions statement) throws IOException {
        return store.read(connection -> {
            StringBuilder plan = new StringBuilder();
            try (PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + statement.sql())) {
                statement.bind(explain, 1);
                try (ResultSet rows = explain.executeQuery()) {
                    while (rows.next()) {
                        plan.append(rows.getString("detail")).append('\n');
                    }
                }
            }
            return plan.toString();
        });
    }

    @Test
    @DisplayName("what a tile is not listed under, or wrongly, is found by verify, in the tile")
    void findsAnAlteredTile() throws Exception {
        Random random = new Random(8);
        append(Stream.generate(() -> random(random)).limit(3 * TileTables.WIDTH + 10));
        ledger.checkpoint();
        assertThat(ledger.verify().isVerified()).isTrue();
        for (String alteration : List.of(
                "DELETE FROM ledger_tile WHERE tile = 1 AND attribute = 2 AND value = 'portal-1'",
                "DELETE FROM ledger_tile WHERE tile = 1",
                "UPDATE ledger_tile SET newest_nanos = newest_nanos - 1 WHERE tile = 1 AND attribute = 0",
                "UPDATE ledger_tile SET oldest_nanos = oldest_nanos + 1 WHERE tile = 1 AND attribute = 1",
                "INSERT INTO ledger_tile SELECT tile, attribute, 'south', oldest_nanos, newest_nanos FROM ledger_tile"
                        + " WHERE tile = 1 AND attribute = 0")) {
            change("CREATE TABLE was AS SELECT * FROM ledger_tile");
            change(alteration);
            assertThat(ledger.verify().findings())
                    .as(alteration)
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding.index()).isEqualTo(TileTables.WIDTH));
            change("DELETE FROM ledger_tile");
            change("INSERT INTO ledger_tile SELECT * FROM was");
            change("DROP TABLE was");
        }
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    void listsTheTilesOfADatabaseFromBeforeThem() throws Exception {
        Random random = new Random(9);
        List<LedgerEntry> all = append(Stream.generate(() -> random(random)).limit(70 * TileTables.WIDTH));
        change("DELETE FROM ledger_tile");
        LedgerQuery query = LedgerQuery.builder()
                .kind(EventKind.PASSAGE)
                .portal(PortalId.of("portal-2"))
                .pageSize(1_000)
                .build();
        assertThat(paged(query)).as("not listed").isEqualTo(plain(all, query)).isNotEmpty();
        close();
        open();
        assertThat(paged(query)).isEqualTo(plain(all, query));
        assertThat(store.<Long>read(TileTables::count)).isEqualTo(70);
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    @DisplayName("a list that was altered is found by verify, and a search does not give what it leads to")
    void findsAnAlteredList() throws Exception {
        append(Stream.generate(() -> LedgerEvent.builder(EventKind.PASSAGE, NOW)
                        .portal(PortalId.of("north"))
                        .build())
                .limit(20));
        ledger.checkpoint();
        assertThat(ledger.verify().isVerified()).isTrue();
        LedgerQuery south = LedgerQuery.builder().portal(PortalId.of("south")).build();
        for (String alteration : List.of(
                "portal = 'south'",
                "zone = 'hall'",
                "kind = 'gate.outcome'",
                "occurred_nanos = occurred_nanos + 1",
                "pseudonym = zeroblob(16)")) {
            change("CREATE TABLE was AS SELECT * FROM ledger_entry WHERE position = 7");
            change("UPDATE ledger_entry SET " + alteration + " WHERE position = 7");
            assertThat(ledger.verify().findings())
                    .as(alteration)
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding.index()).isEqualTo(7));
            if (alteration.startsWith("portal")) {
                assertThatThrownBy(() -> ledger.search(south))
                        .isInstanceOf(LedgerException.class)
                        .hasMessageContaining("entry 7");
            }
            change("DELETE FROM ledger_entry WHERE position = 7");
            change("INSERT INTO ledger_entry SELECT * FROM was");
            change("DROP TABLE was");
        }
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    void listsTheEntriesOfADatabaseFromBeforeTheSearch() throws Exception {
        Random random = new Random(5);
        List<LedgerEntry> all = append(Stream.generate(() -> random(random)).limit(300));
        change("UPDATE ledger_entry SET occurred_nanos = NULL, kind = NULL, portal = NULL, zone = NULL");
        change("DELETE FROM ledger_tile");
        close();
        open();
        LedgerQuery query =
                LedgerQuery.builder().kind(EventKind.PASSAGE).person(BEN).build();
        assertThat(paged(query)).isEqualTo(plain(all, query)).isNotEmpty();
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    void findsAPersonsEntriesAfterAStartWhetherTheyAreListedInRunsOrNotYet() throws Exception {
        Random random = new Random(6);
        List<LedgerEntry> all = new ArrayList<>();
        for (String lost : List.of("1 = 0", "start_position = (SELECT max(start_position) FROM ledger_run)", "1 = 1")) {
            all.addAll(append(Stream.generate(() -> random(random)).limit(PERSON_RUN * 2 + 30)));
            change("DELETE FROM ledger_run_person WHERE run IN (SELECT start_position FROM ledger_run WHERE " + lost
                    + ")");
            change("DELETE FROM ledger_run WHERE " + lost);
            close();
            open();
            for (Order order : Order.values()) {
                LedgerQuery query = LedgerQuery.builder()
                        .person(ANNA)
                        .order(order)
                        .pageSize(20)
                        .build();
                assertThat(paged(query)).as(lost).isEqualTo(plain(all, query)).isNotEmpty();
            }
        }
    }

    @Test
    @DisplayName("runs from before there were filters get them with the next start, and are searched before as well")
    void addsFiltersToRunsWithout() throws Exception {
        Random random = new Random(9);
        List<LedgerEntry> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.addAll(append(Stream.generate(() -> random(random)).limit(PERSON_RUN + 10)));
        }
        List<PersonTables.Run> runs = store.read(PersonTables::runs);
        assertThat(runs).hasSizeGreaterThan(3);
        List<Optional<PersonFilter>> made = filters(runs);
        assertThat(made).allMatch(Optional::isPresent);
        change("UPDATE ledger_run SET filter = NULL WHERE start_position > 0");
        assertThat(ledger.verify().isVerified()).isTrue();
        close();
        open();
        assertThat(filters(runs)).isEqualTo(made);
        assertThat(ledger.verify().isVerified()).isTrue();
        for (PersonId person : List.of(ANNA, BEN, PersonId.of("nobody"))) {
            LedgerQuery query = LedgerQuery.builder().person(person).build();
            assertThat(paged(query)).isEqualTo(plain(all, query));
        }
    }

    private List<Optional<PersonFilter>> filters(List<PersonTables.Run> runs) throws IOException {
        List<Optional<PersonFilter>> filters = new ArrayList<>();
        for (PersonTables.Run run : runs) {
            filters.add(store.read(connection -> PersonTables.filter(connection, run)));
        }
        return filters;
    }

    @Test
    @DisplayName("when the list of persons cannot be written, nothing is recorded; it goes on as soon as it can")
    void recordsNothingThatCouldNotBeFound() throws Exception {
        List<LedgerEntry> all = new ArrayList<>(
                append(Stream.generate(() -> random(new Random(7))).limit(PERSON_RUN - 1)));
        all.add(ledger.append(event(ANNA)));
        change("ALTER TABLE ledger_run_person RENAME TO ledger_run_away");
        assertThatThrownBy(() -> ledger.append(event(ANNA))).isInstanceOf(StoreException.class);
        assertThat(ledger.size()).isEqualTo(PERSON_RUN);
        change("ALTER TABLE ledger_run_away RENAME TO ledger_run_person");
        all.add(ledger.append(event(ANNA)));
        LedgerQuery anna = LedgerQuery.builder().person(ANNA).build();
        assertThat(paged(anna)).isEqualTo(plain(all, anna)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("an entry taken off the list of persons, or put on another's, is found by verify")
    void findsAnAlteredListOfPersons() throws Exception {
        // So many more as it takes to write the last of three runs.
        for (int i = 0; i < PERSON_RUN * 3 + PERSON_RUN / PersonIndex.SLICE; i++) {
            ledger.append(event(i % 3 == 0 ? ANNA : BEN));
        }
        ledger.checkpoint();
        assertThat(ledger.verify().isVerified()).isTrue();
        for (String alteration : List.of(
                "DELETE FROM ledger_run_person WHERE position = 70",
                "UPDATE ledger_run_person SET pseudonym = zeroblob(16) WHERE position = 70",
                "UPDATE ledger_run_person SET occurred_nanos = 1 WHERE position = 70",
                "INSERT INTO ledger_run_person SELECT run, zeroblob(16), 1, 70 FROM ledger_run_person WHERE position = 70",
                "UPDATE ledger_run SET newest_nanos = 1 WHERE start_position = " + PERSON_RUN,
                "UPDATE ledger_run SET filter = zeroblob(2) WHERE start_position = " + PERSON_RUN,
                "DELETE FROM ledger_run WHERE start_position = " + PERSON_RUN)) {
            change("CREATE TEMP TABLE rows AS SELECT * FROM ledger_run_person");
            change("CREATE TEMP TABLE runs AS SELECT * FROM ledger_run");
            change(alteration);
            assertThat(ledger.verify().findings())
                    .as(alteration)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.index()).isEqualTo(PERSON_RUN);
                        assertThat(finding.toString()).contains("list of persons");
                    });
            change("DELETE FROM ledger_run_person");
            change("INSERT INTO ledger_run_person SELECT * FROM rows");
            change("DELETE FROM ledger_run");
            change("INSERT INTO ledger_run SELECT * FROM runs");
            change("DROP TABLE rows");
            change("DROP TABLE runs");
        }
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    private static LedgerEvent event(PersonId person) {
        return LedgerEvent.builder(EventKind.PASSAGE, NOW).person(person).build();
    }

    @Test
    void aCursorTellsNothingOfThePerson() throws Exception {
        append(Stream.generate(() ->
                        LedgerEvent.builder(EventKind.PASSAGE, NOW).person(ANNA).build())
                .limit(3));
        LedgerQuery anna = LedgerQuery.builder().person(ANNA).pageSize(1).build();
        String cursor = ledger.search(anna).next().orElseThrow();
        assertThat(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1))
                .doesNotContain(ANNA.value());
    }

    private void change(String sql) throws IOException {
        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(TestSql.on(store.dialect(), sql));
            }
        });
    }
}
