package io.gatehouse.policy.internal.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.internal.casefile.CaseFile.Index;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFilesTest {
    private static final Instant NOW = Instant.parse("2026-03-04T08:00:00Z");
    private static final DataClass DATA = DataClass.of("test-case");
    private static final PersonId LI = PersonId.of("li");
    private static final PersonId ZHAO = PersonId.of("zhao");

    @TempDir
    Path directory;

    @Test
    void stepsWaitForALedgerThatFailsAndAreRecordedOnceInOrder() throws IOException {
        FailingLedger ledger = new FailingLedger();
        UUID id = UUID.randomUUID();
        try (Store store = open()) {
            CaseFiles files = files(store, ledger);
            ledger.failsBefore = true;
            assertThat(files.begin(id, Optional.of(LI), step("begun", 0), Index.of("t", "open")))
                    .isTrue();
            assertThat(files.append(files.find(id).orElseThrow(), step("gone-on", 1), Index.of("t", "open")))
                    .isTrue();
            assertThat(files.recordPending()).isFalse();
            ledger.failsBefore = false;
            ledger.failsAfter = true;
            assertThat(files.recordPending()).isFalse();
        }
        ledger.failsAfter = false;
        try (Store store = open()) {
            CaseFiles files = files(store, ledger);
            assertThat(files.recordPending()).isTrue();
            assertThat(ledger.kinds()).containsExactly("test.begun", "test.gone-on");
            assertThat(ledger.events.get(1).id())
                    .isEqualTo(files.find(id).orElseThrow().last().id());
        }
    }

    @Test
    void aStepIsTakenOnlyByWhoKnowsAllBefore() throws IOException {
        try (Store store = open()) {
            CaseFiles files = files(store, new FailingLedger());
            UUID id = UUID.randomUUID();
            files.begin(id, Optional.of(LI), step("begun", 0), Index.of("t", "open"));
            assertThat(files.begin(id, Optional.of(ZHAO), step("other", 0), Index.of("t", "open")))
                    .isFalse();
            CaseFile read = files.find(id).orElseThrow();
            assertThat(files.append(read, step("one", 1), Index.of("t", "open")))
                    .isTrue();
            assertThat(files.append(read, step("two", 1), Index.of("t", "shut")))
                    .isFalse();
            CaseFile now = files.find(id).orElseThrow();
            assertThat(now.steps()).extracting(Step::kind).containsExactly("begun", "one");
            assertThat(now.index().state()).isEqualTo("open");
            assertThat(now.person()).contains(LI);
        }
    }

    @Test
    void aClockThatWentBackLeavesTheOrder() throws IOException {
        try (Store store = open()) {
            FailingLedger ledger = new FailingLedger();
            CaseFiles files = files(store, ledger);
            UUID id = UUID.randomUUID();
            files.begin(id, Optional.empty(), step("begun", 100), Index.of("t", "open"));
            files.append(files.find(id).orElseThrow(), step("one", 5), Index.of("t", "open"));
            assertThat(files.find(id).orElseThrow().last().at()).isEqualTo(NOW.plusSeconds(100));
        }
    }

    @Test
    void findsByWhatIsAskedFor() throws IOException {
        try (Store store = open()) {
            CaseFiles files = files(store, new FailingLedger());
            UUID first = begin(files, Optional.of(LI), 0, new Index("a", "open", Optional.of(NOW.plusSeconds(60))));
            UUID second = begin(files, Optional.of(ZHAO), 1, new Index("a", "open", Optional.of(NOW.plusSeconds(30))));
            UUID third = begin(files, Optional.empty(), 2, Index.of("b", "shut"));
            CaseQuery all = CaseQuery.of(Set.of(), 10);
            assertThat(ids(files, all)).containsExactly(third, second, first);
            assertThat(ids(files, all.dueBy(NOW.plusSeconds(60)))).containsExactly(second, first);
            assertThat(ids(files, all.dueBy(NOW.plusSeconds(59)))).containsExactly(second);
            assertThat(ids(files, all.person(LI))).containsExactly(first);
            assertThat(ids(files, all.person(PersonId.of("nobody")))).isEmpty();
            assertThat(ids(files, all.topic("b").since(NOW.plusSeconds(2)))).containsExactly(third);
            assertThat(ids(files, CaseQuery.of(Set.of("open", "shut"), 2))).containsExactly(third, second);
            assertThatThrownBy(() -> CaseQuery.of(Set.of(), 0)).hasMessageContaining("not 0");
        }
    }

    @Test
    void textsThatWereCutAreRefused() throws IOException {
        SortedMap<String, String> texts = new TreeMap<>(Map.of("a", "ä€", "", "x".repeat(70_000)));
        byte[] bytes = TextMap.encode(texts);
        assertThat(TextMap.decode(bytes)).isEqualTo(texts);
        for (int length = 0; length < 40; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> TextMap.decode(cut)).isInstanceOf(IOException.class);
        }
    }

    private static List<UUID> ids(CaseFiles files, CaseQuery query) throws IOException {
        return files.find(query).stream().map(CaseFile::id).toList();
    }

    private static UUID begin(CaseFiles files, Optional<PersonId> person, int second, Index index) throws IOException {
        UUID id = UUID.randomUUID();
        files.begin(id, person, step("begun", second), index);
        return id;
    }

    private static Step step(String kind, int second) {
        return Step.of(NOW.plusSeconds(second), kind, Optional.of(ZHAO)).personal("note", "n");
    }

    private Store open() throws IOException {
        return Stores.open("sqlite:" + directory.resolve("cases.db"));
    }

    private CaseFiles files(Store store, Ledger ledger) throws IOException {
        StoreVault vault =
                StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> NOW);
        return CaseFiles.create(store, vault, Optional.of(ledger), "test.cases", "test", DATA);
    }

    /** Keeps events, each once, and fails before or after when told to. */
    private static final class FailingLedger implements Ledger {
        final List<LedgerEvent> events = new ArrayList<>();
        boolean failsBefore;
        boolean failsAfter;

        List<String> kinds() {
            return events.stream().map(event -> event.kind().value()).toList();
        }

        @Override
        public LedgerEntry append(LedgerEvent event) throws IOException {
            if (failsBefore) {
                throw new IOException("the ledger's disk is full");
            }
            if (!events.contains(event)) {
                assertThat(events).noneMatch(it -> it.id().equals(event.id()));
                events.add(event);
            }
            if (failsAfter) {
                throw new IOException("the ledger went away");
            }
            return new LedgerEntry(events.indexOf(event), NOW, event, "00");
        }

        @Override
        public long size() {
            return events.size();
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) {
            throw new UnsupportedOperationException("only appending is tried here");
        }

        @Override
        public Checkpoint checkpoint() {
            throw new UnsupportedOperationException("only appending is tried here");
        }
    }
}
