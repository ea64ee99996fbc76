package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.core.vault.VaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLedgerTest {
    private static final String ORIGIN = "gate.example.com/ledger";
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456789Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final PersonId ANNA = PersonId.of("anna-planted-17");
    private static final PersonId BEN = PersonId.of("ben-18");
    private static final String SCORE = "planted 41.7";

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("data/gatehouse.db");
    }

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(url());
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), CLOCK);
        ledger = StoreLedger.open(store, vault, ORIGIN, CLOCK);
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
        store.close();
    }

    private void reopen() throws IOException {
        close();
        open();
    }

    private static LedgerEvent event(int number) {
        return LedgerEvent.builder(EventKind.DECISION, NOW.plusSeconds(number))
                .portal(PortalId.of("north"))
                .zone(ZoneCode.of("hall"))
                .fact("number", Integer.toString(number))
                .build();
    }

    private static LedgerEvent eventOf(PersonId person) {
        return LedgerEvent.builder(EventKind.OUTCOME, NOW)
                .person(person)
                .fact("actuation", "done")
                .personalFact("score", SCORE)
                .build();
    }

    private void append(int count) throws IOException {
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            last = ledger.appendAsync(event(i));
        }
        last.join();
    }

    private int sql(String... statements) throws IOException {
        return store.write(connection -> {
            int changed = 0;
            for (String each : statements) {
                try (Statement statement = connection.createStatement()) {
                    changed += statement.executeUpdate(TestSql.on(store.dialect(), each));
                }
            }
            return changed;
        });
    }

    @Test
    void keepsEventsInOrderOverAStart() throws Exception {
        LedgerEvent first = event(1);
        LedgerEvent second = eventOf(ANNA);
        LedgerEntry entry = ledger.append(first);
        ledger.append(second);
        assertThat(entry.index()).isZero();
        assertThat(entry.recordedAt()).isEqualTo(NOW);
        assertThat(entry.event()).isEqualTo(first);
        reopen();
        assertThat(ledger.size()).isEqualTo(2);
        List<LedgerEntry> entries = ledger.entries(0, 10);
        assertThat(entries).extracting(LedgerEntry::event).containsExactly(first, second);
        assertThat(entries.get(0)).isEqualTo(entry);
        assertThat(ledger.entries(1, 1)).extracting(LedgerEntry::event).containsExactly(second);
        assertThat(ledger.entries(2, 5)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.entries(-1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.entries(0, 10_001));
    }

    @Test
    @DisplayName("the same event again gives the same entry; other content under its id is refused")
    void recordsAnIdOnce() throws Exception {
        LedgerEvent event = eventOf(ANNA);
        LedgerEntry entry = ledger.append(event);
        assertThat(ledger.append(event)).isEqualTo(entry);
        reopen();
        assertThat(ledger.append(event)).isEqualTo(entry);
        for (LedgerEvent other : List.of(
                builder(event).person(ANNA).personalFact("score", "42").build(),
                builder(event).person(BEN).personalFact("score", SCORE).build(),
                builder(event)
                        .person(ANNA)
                        .personalFact("score", SCORE)
                        .fact("more", "1")
                        .build(),
                builder(event).build())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ledger.append(other))
                    .withMessageContaining("on record with other content");
        }
        assertThat(ledger.size()).isEqualTo(1);
    }

    private static LedgerEvent.Builder builder(LedgerEvent event) {
        return LedgerEvent.builder(event.kind(), event.occurredAt())
                .id(event.id())
                .fact("actuation", "done");
    }

    @Test
    void takesEventsFromManyThreadsWithoutGapOrLoss() throws Exception {
        int threads = 8;
        int each = 40;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<List<LedgerEntry>>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                PersonId person = PersonId.of("person-" + thread % 3);
                tasks.add(() -> {
                    List<LedgerEntry> entries = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        entries.add(ledger.append(eventOf(person)));
                    }
                    return entries;
                });
            }
            List<LedgerEntry> all = new ArrayList<>();
            for (Future<List<LedgerEntry>> future : executor.invokeAll(tasks)) {
                all.addAll(future.get());
            }
            assertThat(ledger.size()).isEqualTo(320);
            assertThat(ledger.entries(0, 1_000)).containsExactlyInAnyOrderElementsOf(all);
            assertThat(ledger.verify().isVerified()).isTrue();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void findsRepeatedIdsInABatchOfNewOnes() throws Exception {
        LedgerEvent old = eventOf(ANNA);
        LedgerEntry entry = ledger.append(old);
        LedgerEvent changed = builder(old).build();
        List<CompletableFuture<LedgerEntry>> futures = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            futures.add(ledger.appendAsync(i == 500 ? old : i == 700 ? changed : event(i)));
            if (i == 600) {
                futures.get(500).join();
            }
        }
        assertThat(futures.get(500).join()).isEqualTo(entry);
        assertThatThrownBy(futures.get(700)::join)
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on record with other content, as entry 0");
        for (int i = 0; i < 1_000; i++) {
            if (i != 500 && i != 700) {
                assertThat(futures.get(i).join().index()).isEqualTo(1 + i - (i > 500 ? 1 : 0) - (i > 700 ? 1 : 0));
            }
        }
        assertThat(ledger.size()).isEqualTo(999);
        reopen();
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    void keepsTakingEventsAfterFuturesFailedForWantOfSpace() throws Exception {
        TestSql.requireSqlite(store, "only SQLite can be told that its disk is full");
        append(2);
        sql("PRAGMA max_page_count=1");
        List<LedgerEvent> events = new ArrayList<>();
        List<CompletableFuture<LedgerEntry>> futures = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            events.add(event(i));
            futures.add(ledger.appendAsync(events.get(i)));
        }
        long kept = 0;
        for (CompletableFuture<LedgerEntry> each : futures) {
            if (each.handle((entry, failure) -> failure == null).join()) {
                kept++;
            }
        }
        assertThat(kept).isLessThan(3_000);
        assertThat(ledger.size()).isEqualTo(2 + kept);
        sql("PRAGMA max_page_count=1000000");
        futures.clear();
        events.forEach(each -> futures.add(ledger.appendAsync(each)));
        futures.forEach(CompletableFuture::join);
        assertThat(ledger.size()).isEqualTo(3_002);
        reopen();
        assertThat(ledger.size()).isEqualTo(3_002);
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    @DisplayName("a shredded person's entries come back without person and personal facts, and every proof holds")
    void forgetsAPersonWithoutBreakingProofs() throws Exception {
        append(3);
        LedgerEntry before = ledger.append(eventOf(ANNA));
        ledger.append(eventOf(BEN));
        Checkpoint checkpoint = ledger.checkpoint();

        vault.shred(ANNA, DataClass.LEDGER);

        LedgerEntry after = ledger.entries(3, 1).get(0);
        assertThat(after.event().person()).isEmpty();
        assertThat(after.event().personalFacts()).isEmpty();
        assertThat(after.event().facts()).isEqualTo(before.event().facts());
        assertThat(after.leafHash()).isEqualTo(before.leafHash());
        assertThat(ledger.entries(4, 1).get(0).event().person()).hasValue(BEN);
        assertThat(ledger.checkpoint()).isEqualTo(checkpoint);
        assertThat(ledger.verify().isVerified()).isTrue();
        assertThat(ledger.append(before.event())).isEqualTo(after);
        reopen();
        assertThat(ledger.entries(3, 1)).containsExactly(after);
    }

    @Test
    void recordsWhatHappensToAShreddedPersonWithoutThem() throws Exception {
        vault.shred(ANNA, DataClass.LEDGER);
        LedgerEvent event = eventOf(ANNA);
        LedgerEntry withheld = ledger.append(event);
        assertThat(withheld.event().person()).isEmpty();
        assertThat(withheld.event().personalFacts()).isEmpty();
        assertThat(withheld.event().facts()).containsEntry("actuation", "done");
        assertThat(ledger.append(event)).isEqualTo(withheld);
        assertThat(EntryCodec.decode(content(0)).withheld()).isTrue();

        vault.renew(ANNA, DataClass.LEDGER);
        assertThat(ledger.append(eventOf(ANNA)).event().person()).hasValue(ANNA);
        assertThat(ledger.append(event)).isEqualTo(withheld);
        assertThat(ledger.entries(0, 1).get(0).event().person()).isEmpty();
    }

    @Test
    void givesAPersonOnePseudonymUntilShreddedAndAnotherAfterRenewal() throws Exception {
        ledger.append(eventOf(ANNA));
        ledger.append(eventOf(ANNA));
        ledger.append(eventOf(BEN));
        vault.shred(ANNA, DataClass.LEDGER);
        vault.renew(ANNA, DataClass.LEDGER);
        ledger.append(eventOf(ANNA));
        byte[] anna = pseudonym(0);
        assertThat(pseudonym(1)).isEqualTo(anna);
        assertThat(pseudonym(2)).isNotEqualTo(anna);
        assertThat(pseudonym(3)).isNotEqualTo(anna);
        assertThat(ledger.entries(0, 4))
                .extracting(entry -> entry.event().person().map(PersonId::value).orElse("nobody"))
                .containsExactly("nobody", "nobody", "ben-18", "anna-planted-17");
    }

    private byte[] content(long index) throws IOException {
        return store.read(connection -> LedgerTables.entries(connection, index, index + 1))
                .get(0)
                .content();
    }

    private byte[] pseudonym(long index) throws IOException {
        return EntryCodec.decode(content(index)).pseudonym().orElseThrow();
    }

    @Test
    void writesNeitherPersonNorPersonalFactsInClear() throws Exception {
        ledger.append(eventOf(ANNA));
        ledger.export(directory.resolve("export"));
        close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(ANNA.value())
                        .doesNotContain(SCORE);
            }
        }
        open();
    }

    @Test
    void refusesRowsThatLeadAPseudonymToAnotherPerson() throws Exception {
        ledger.append(eventOf(ANNA));
        ledger.append(eventOf(BEN));
        sql(
                "CREATE TEMP TABLE was AS SELECT * FROM ledger_person",
                "UPDATE ledger_person SET sealed = (SELECT sealed FROM was WHERE was.pseudonym <>"
                        + " ledger_person.pseudonym)");
        assertThatThrownBy(() -> ledger.entries(0, 2)).isInstanceOf(VaultException.class);
    }

    @Test
    void signsWhatOthersCanVerifyAndProve() throws Exception {
        append(300);
        Checkpoint small = ledger.checkpoint();
        append(400);
        Checkpoint large = ledger.checkpoint();
        assertThat(ledger.checkpoint()).isEqualTo(large);
        CheckpointNote note = CheckpointNote.parse(large.note());
        assertThat(note.signed(ledger.verifierKey())).isEqualTo(CheckpointNote.Signed.BY_THIS_KEY);
        assertThat(note.origin()).isEqualTo(ORIGIN);
        assertThat(large.note()).startsWith(ORIGIN + "\n700\n").contains("\n\n\u2014 " + ORIGIN + " ");
        byte[] smallRoot = HexFormat.of().parseHex(small.rootHash());
        assertThat(MerkleProofs.verifyConsistency(300, 700, smallRoot, note.root(), ledger.consistencyProof(300, 700)))
                .isTrue();
        for (long index : new long[] {0, 255, 256, 299, 511, 512, 699}) {
            byte[] leaf =
                    HexFormat.of().parseHex(ledger.entries(index, 1).get(0).leafHash());
            assertThat(MerkleProofs.verifyInclusion(index, 700, leaf, ledger.inclusionProof(index, 700), note.root()))
                    .isTrue();
        }
        String key = ledger.verifierKey().toString();
        reopen();
        assertThat(ledger.verifierKey()).hasToString(key);
        assertThat(ledger.checkpoint()).isEqualTo(large);
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.inclusionProof(0, 701));
    }

    @Test
    void goesOnWithTheSameTreeAfterAStartAtEveryKindOfSize() throws Exception {
        for (int size : new int[] {0, 1, 255, 256, 257, 511, 512, 513}) {
            append((int) (size - ledger.size()));
            String root = ledger.checkpoint().rootHash();
            reopen();
            assertThat(ledger.checkpoint().rootHash()).isEqualTo(root);
        }
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    void recordsNothingWhenTheDiskIsFullAndGoesOnWhenThereIsSpace() throws Exception {
        TestSql.requireSqlite(store, "only SQLite can be told that its disk is full");
        append(2);
        sql("PRAGMA max_page_count=1");
        LedgerEvent.Builder facts = LedgerEvent.builder(EventKind.DECISION, NOW);
        // More than the pages that are free from dropped indexes.
        for (int i = 0; i < 14; i++) {
            facts.fact("text-" + i, "x".repeat(4_000));
        }
        LedgerEvent large = facts.build();
        assertThatThrownBy(() -> ledger.append(large))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("full");
        assertThat(ledger.size()).isEqualTo(2);
        sql("PRAGMA max_page_count=1000000");
        assertThat(ledger.append(large).index()).isEqualTo(2);
        assertThat(ledger.verify().isVerified()).isTrue();
    }

    @Test
    void refusesAStoreWithALedgerOfAnotherName() {
        assertThatThrownBy(() -> StoreLedger.open(store, vault, "other.example.com", CLOCK))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(ORIGIN);
        assertThatIllegalArgumentException().isThrownBy(() -> StoreLedger.open(store, vault, "two words", CLOCK));
    }

    @Test
    void refusesToStartWithoutWhatWasSigned() throws Exception {
        append(300);
        ledger.checkpoint();
        sql("DELETE FROM ledger_entry WHERE position >= 290");
        assertThatThrownBy(() -> StoreLedger.open(store, vault, ORIGIN, CLOCK))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("entries 290 to 299 were signed and are gone");
    }

    @Test
    void refusesToStartWithOtherHashesThanWereSigned() throws Exception {
        append(300);
        ledger.checkpoint();
        sql("UPDATE ledger_entry SET leaf_hash = zeroblob(32) WHERE position = 270");
        assertThatThrownBy(() -> StoreLedger.open(store, vault, ORIGIN, CLOCK))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("are not those that were signed");
    }

    @Test
    void saysWhichEntryWasAltered() throws Exception {
        append(600);
        ledger.checkpoint();
        sql("UPDATE ledger_entry SET content = zeroblob(40) WHERE position = 417");
        assertThat(found()).containsExactly("ALTERED 417");
        assertThatThrownBy(() -> ledger.entries(417, 1))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("entry 417 was altered");
    }

    @Test
    void saysWhichEntryIsMissing() throws Exception {
        append(600);
        ledger.checkpoint();
        sql("DELETE FROM ledger_entry WHERE position IN (3, 599)");
        assertThat(found()).containsExactly("MISSING 3", "MISSING 599");
    }

    @Test
    void findsAnEntryThatWasRewrittenTogetherWithItsHash() throws Exception {
        append(600);
        ledger.checkpoint();
        byte[] other = content(300);
        other[other.length - 5] ^= 1;
        store.write(connection -> {
            try (var update = connection.prepareStatement(
                    "UPDATE ledger_entry SET content = ?, leaf_hash = ? WHERE position = 300")) {
                update.setBytes(1, other);
                update.setBytes(2, MerkleTree.leafHash(other));
                return update.executeUpdate();
            }
        });
        assertThat(found()).containsExactly("ALTERED 256", "WRONG_ROOT -1", "WRONG_ROOT -1");
    }

    @Test
    void findsEntriesThatChangedPlaces() throws Exception {
        append(20);
        ledger.checkpoint();
        sql(
                "UPDATE ledger_entry SET position = 1000 WHERE position = 4",
                "UPDATE ledger_entry SET position = 4 WHERE position = 5",
                "UPDATE ledger_entry SET position = 5 WHERE position = 1000");
        assertThat(found()).contains("WRONG_ROOT -1");
    }

    @Test
    void findsAFalseCheckpoint() throws Exception {
        append(20);
        ledger.checkpoint();
        sql("UPDATE ledger_checkpoint SET note = replace(note, char(10) || '20' || char(10), char(10) || '19' ||"
                + " char(10))");
        assertThat(found()).contains("FALSE_SIGNATURE -1");
        sql("UPDATE ledger_checkpoint SET note = 'nothing'");
        assertThatThrownBy(() -> ledger.verify()).isInstanceOf(LedgerException.class);
    }

    @Test
    void findsAnEntryAfterTheCheckpointThatIsNotWhatWasRecorded() throws Exception {
        append(20);
        ledger.checkpoint();
        append(5);
        sql("UPDATE ledger_entry SET leaf_hash = zeroblob(32) WHERE position = 22");
        assertThat(found()).containsExactly("ALTERED 22", "WRONG_ROOT -1");
    }

    private List<String> found() throws IOException {
        Verification verification = ledger.verify();
        return verification.findings().stream()
                .map(finding -> finding.kind() + " " + finding.index())
                .toList();
    }
}
