package io.gatehouse.policy.approve;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.approve.chain.Chain;
import io.gatehouse.policy.approve.chain.ChainDocument;
import io.gatehouse.policy.approve.chain.WorkCalendar;
import io.gatehouse.policy.document.DocumentSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A desk with all templates, a small organisation and a clock that tests move. */
@SuppressWarnings("NullAway.Init") // JUnit calls what is marked with @BeforeEach before each test.
abstract class DeskFixture {
    static final String SHA = "ab".repeat(32);
    /** A Wednesday, 9 in the morning; the Friday after it is a holiday. */
    static final Instant NOW = Instant.parse("2026-03-04T08:00:00Z");

    static final WorkCalendar CALENDAR =
            WorkCalendar.mondayToFriday(ZoneId.of("Europe/Berlin")).holidays(Set.of(LocalDate.of(2026, 3, 6)));

    @TempDir
    Path directory;

    final House house = new House();
    Instant now = NOW;
    Store store;
    StoreVault vault;
    Ledger ledger;
    ApprovalDesk desk;

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("approve.db");
    }

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(url());
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> now);
        ledger = StoreLedger.open(store, vault, "test.example/approve", () -> now);
        List<Chain> chains = new ArrayList<>();
        for (String name : ChainDocument.templates()) {
            chains.add(ChainDocument.read(ChainDocument.template(name)));
        }
        desk = desk(chains);
    }

    ApprovalDesk desk(List<Chain> chains) throws IOException {
        return ApprovalDesk.create(store, vault, chains, house, CALENDAR, () -> now, ledger);
    }

    /** A desk with one chain of these steps, whose form has the numbers {@code days} and the text {@code who}. */
    ApprovalDesk desk(String steps) throws IOException {
        String text = """
                chain: c
                version: 1
                title: A chain
                form: {type: object, properties: {days: {type: number}, who: {type: string}}}
                fallback: [{role: management}]
                emergency: {by: [{head-of: hr}], confirm-within: 2}
                steps:
                """ + steps;
        return desk(List.of(ChainDocument.read(DocumentSource.of("c.yaml", text))));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    UUID submit(String chain, String requester, String form, Map<String, String> documents) throws IOException {
        return desk.submit(chain, House.id(requester), form, documents).fold(ApprovalRequest::id, reason -> {
            throw new AssertionError(reason.toString());
        });
    }

    UUID submit(String chain, String requester, String form) throws IOException {
        return submit(chain, requester, form, Map.of());
    }

    String submitWord(String chain, String requester, String form) throws IOException {
        return word(desk.submit(chain, House.id(requester), form, Map.of()));
    }

    String approve(UUID request, String step, String by) throws IOException {
        return word(desk.vote(request, step, House.id(by), Vote.APPROVE, ""));
    }

    String refuse(UUID request, String step, String by) throws IOException {
        return word(desk.vote(request, step, House.id(by), Vote.REFUSE, "no"));
    }

    String record(UUID request, String step, String by, String form) throws IOException {
        return word(desk.record(request, step, House.id(by), form));
    }

    ApprovalRequest request(UUID id) throws IOException {
        return desk.find(id).orElseThrow();
    }

    /** The steps that are asked for now, each with who may do it. */
    Map<String, Set<String>> asked(UUID id) throws IOException {
        Map<String, Set<String>> asked = new TreeMap<>();
        for (ApprovalTask task : request(id).tasks()) {
            Set<String> people = new TreeSet<>();
            task.people().forEach(person -> people.add(person.value()));
            asked.put(task.step(), people);
        }
        return asked;
    }

    List<String> recorded() throws IOException {
        assertThat(desk.recordPending()).isTrue();
        return ledger.entries(0, 1_000).stream()
                .map(entry -> entry.event().kind().value())
                .toList();
    }

    static String word(ApprovalOutcome outcome) {
        return outcome.fold(request -> request.state().name(), Reason::code);
    }
}
