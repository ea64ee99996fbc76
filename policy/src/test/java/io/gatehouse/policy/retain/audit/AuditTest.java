package io.gatehouse.policy.retain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.consent.grant.DataGrant;
import io.gatehouse.policy.consent.grant.GrantRegister;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.retain.KeptRecorder;
import io.gatehouse.policy.retain.LegalHold;
import io.gatehouse.policy.retain.LegalHolds;
import io.gatehouse.policy.retain.PurgeJob;
import io.gatehouse.policy.retain.RetentionSchedule;
import io.gatehouse.policy.retain.change.ChangeRegister;
import io.gatehouse.policy.retain.change.ProposedChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final DataClass FOOTAGE = DataClass.of("footage");
    private static final PersonId ANNA = PersonId.of("anna-planted");
    private static final PersonId BEN = PersonId.of("ben-planted");
    private static final String SCHEDULE = """
            version: 3
            zone: UTC
            rules:
              - {id: footage, data: footage, from: recorded, keep: P30D, at-most: P35D, source: "rule <3> & 4"}
              - {id: vault, data: footage, place: vault, from: recorded, keep: P90D, source: rule 5}
              - {id: visits, data: visitor, from: recorded, keep: P10D, source: rule 6, counted-by: [visit.ended]}
            """;

    @TempDir
    Path directory;

    private Instant now = START;
    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;
    private RetentionSchedule schedule;
    private final Shelf shelf = new Shelf(new TreeSet<>());

    /** A keeper of footage in memory. */
    private record Shelf(TreeSet<KeptItem> items) implements Keeper {
        @Override
        public String name() {
            return "shelf";
        }

        @Override
        public DataClass dataClass() {
            return FOOTAGE;
        }

        @Override
        public String startsWith() {
            return "recorded";
        }

        @Override
        public List<KeptItem> startedBy(Instant until, Optional<KeptItem> after, int limit) {
            return items.stream()
                    .filter(item -> !item.startedAt().isAfter(until)
                            && after.filter(last -> item.compareTo(last) <= 0).isEmpty())
                    .limit(limit)
                    .toList();
        }

        @Override
        public void delete(List<KeptItem> gone) {
            gone.forEach(items::remove);
        }

        @Override
        public boolean keeps(KeptItem item) {
            return items.contains(item);
        }

        @Override
        public boolean keepsAnyOf(PersonId owner) {
            return !itemsOf(owner).isEmpty();
        }

        @Override
        public List<KeptItem> itemsOf(PersonId owner) {
            return items.stream()
                    .filter(item -> item.owner().filter(owner::equals).isPresent())
                    .toList();
        }
    }

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(directory.resolve("house.db"));
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key")), () -> now);
        ledger = StoreLedger.open(store, vault, "house.example.com/<b>", () -> now);
        schedule = RetentionSchedule.read(DocumentSource.of("s.yaml", SCHEDULE));
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }

    private void record(int count, String place, Instant from) throws IOException {
        List<KeptItem> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = place + from.getEpochSecond() + "-" + i;
            items.add(new KeptItem(id, Optional.empty(), from.plusSeconds(i), Optional.of(place), Optional.empty()));
        }
        shelf.items().addAll(items);
        KeptRecorder.create(ledger, schedule.zone(), () -> now).kept(FOOTAGE, items);
    }

    private PurgeJob job() throws IOException {
        LegalHolds holds = LegalHolds.create(store, vault, ledger, () -> now);
        return PurgeJob.create(store, vault, ledger, schedule, List.of(shelf), holds, () -> now);
    }

    private AuditReport report(String name, boolean needsTwo) throws IOException {
        Path export = directory.resolve(name);
        ledger.export(export);
        return AuditReport.of(export, schedule, new AuditOptions(now, needsTwo));
    }

    @Test
    @DisplayName("REG-13 what is kept too long is stored minus deleted, by the ledger alone")
    void overdueIsKeptMinusDestroyed() throws IOException {
        record(5, "door", START);
        record(3, "vault", START);
        now = START.plus(Duration.ofDays(2));
        record(4, "door", now);
        now = START.plus(Duration.ofDays(30)).plusSeconds(60);
        job().run();
        assertThat(report("a", false).overdueItems()).isZero();
        now = START.plus(Duration.ofDays(37));
        assertThat(report("b", false).overdueItems())
                .as("at most 35 days, of 2 March")
                .isZero();
        now = START.plus(Duration.ofDays(38));
        AuditReport late = report("c", false);
        assertThat(late.overdueItems()).isEqualTo(4);
        assertThat(late.toJson()).contains("\"rule\": \"footage\"", "\"oldest\": \"2026-03-03\"");
        job().run();
        assertThat(report("d", false).overdueItems()).isZero();
        now = START.plus(Duration.ofDays(91));
        AuditReport vaults = report("e", false);
        assertThat(vaults.overdueItems()).isEqualTo(3);
        assertThat(vaults.toJson()).contains("\"place\": \"vault\"");
        shelf.items().clear();
        assertThat(report("f", false).overdueItems())
                .as("deleted without a certificate is not deleted")
                .isEqualTo(3);
    }

    @Test
    @DisplayName("REG-13 entries of the rooms themselves count what is kept, and what goes unrecorded stands out")
    void entriesCountWhatIsKept() throws IOException {
        ledger.append(LedgerEvent.builder(EventKind.of("visit.ended"), now).build());
        now = START.plus(Duration.ofDays(11));
        assertThat(report("a", false).overdueItems()).isEqualTo(1);
        shelf.items().add(new KeptItem("x", Optional.empty(), START, Optional.of("door"), Optional.empty()));
        now = START.plus(Duration.ofDays(40));
        job().run();
        assertThat(report("b", false).toJson()).contains("more-destroyed-than-kept");
        KeptRecorder.create(ledger, schedule.zone(), () -> now)
                .kept(DataClass.of("goods"), List.of(KeptItem.of("g", ANNA, now)));
        assertThat(report("c", false).toJson()).contains("kept-without-a-rule");
    }

    @Test
    @DisplayName("REG-13 what was seen or opened without a right is found")
    void accessWithoutRightIsFound() throws IOException {
        GrantRegister grants = GrantRegister.create(store, vault, ledger, () -> now);
        Purpose inquiry = Purpose.of("inquiry");
        DataGrant grant = grants.grant(ANNA, inquiry, FOOTAGE, "door 3", now.plusSeconds(60));
        assertThat(grants.use(grant.id(), ANNA, inquiry, FOOTAGE)).isEmpty();
        UUID passage = decision("granted");
        outcome(passage, "done");
        outcome(decision("denied"), "failed");
        assertThat(report("a", false).lines("accessWithoutRight")).isZero();
        accessed(ANNA, grant, FOOTAGE, now.plusSeconds(60));
        accessed(BEN, grant, FOOTAGE, now);
        accessed(ANNA, grant, DataClass.of("picture"), now);
        ledger.append(LedgerEvent.builder(EventKind.of("data.accessed"), now)
                .person(BEN)
                .build());
        outcome(decision("denied"), "done");
        outcome(passage, "done");
        String json = report("b", false).toJson();
        assertThat(report("c", false).lines("accessWithoutRight")).isEqualTo(6);
        assertThat(json)
                .contains("grant-over", "grant-of-another", "grant-for-another-use", "no-right")
                .contains("opened-without-decision")
                .doesNotContain("planted");
    }

    private void accessed(PersonId by, DataGrant grant, DataClass data, Instant at) throws IOException {
        ledger.append(LedgerEvent.builder(EventKind.of("data.accessed"), at)
                .person(by)
                .fact("right", "grant")
                .fact("grant", grant.id().toString())
                .fact("purpose", grant.purpose().value())
                .fact("data-class", data.value())
                .build());
    }

    private UUID decision(String word) throws IOException {
        LedgerEvent event = LedgerEvent.builder(EventKind.DECISION, now)
                .portal(PortalId.of("door"))
                .fact("decision", word)
                .build();
        ledger.append(event);
        return event.id();
    }

    private void outcome(UUID passage, String actuation) throws IOException {
        ledger.append(LedgerEvent.builder(EventKind.OUTCOME, now)
                .portal(PortalId.of("door"))
                .fact("passage", passage.toString())
                .fact("actuation", actuation)
                .build());
    }

    @Test
    @DisplayName("REG-13 changes by one person, and purges by schedules that were never in force, stand out")
    void changesByOnePersonStandOut() throws IOException {
        ChangeRegister two = ChangeRegister.create(store, vault, ledger, true, () -> now);
        ProposedChange first = two.propose("retention", 1, schedule.toJson(), ANNA);
        assertThat(two.approve(first.id(), BEN)).isEmpty();
        record(2, "door", START);
        now = START.plus(Duration.ofDays(31));
        job().run();
        AuditReport good = report("a", true);
        assertThat(good.toJson()).contains("\"people\": 2", "\"isRight\": true").doesNotContain("planted");
        assertThat(good.lines("doubtfulPurges")).isZero();
        ChangeRegister one = ChangeRegister.create(store, vault, ledger, false, () -> now);
        ProposedChange second = one.propose("retention", 2, "something else", ANNA);
        assertThat(one.approve(second.id(), ANNA)).isEmpty();
        assertThat(report("b", true).toJson()).contains("\"people\": 1", "\"isRight\": false");
        assertThat(report("c", false).toJson()).doesNotContain("\"isRight\": false");
        schedule = RetentionSchedule.read(DocumentSource.of("s.yaml", SCHEDULE.replace("keep: P30D", "keep: P20D")));
        record(2, "gate", now);
        now = now.plus(Duration.ofDays(21));
        job().run();
        assertThat(report("d", true).toJson()).contains("schedule-not-in-force");
    }

    @Test
    @DisplayName(
            "REG-13 a process with the exported files and the public key verifies the report, and finds it altered")
    void separateProcessVerifies() throws Exception {
        record(5, "door", START);
        String kept = ledger.checkpoint().note();
        Path keptFile = Files.writeString(directory.resolve("kept"), kept);
        LegalHolds.create(store, vault, ledger, () -> now)
                .place(LegalHold.of(FOOTAGE, Optional.of("door"), START, now.plusSeconds(1), "claim", ANNA, now));
        now = START.plus(Duration.ofDays(50));
        job().run();
        Path audit = directory.resolve("audit");
        AuditExport.write(ledger, schedule, new AuditOptions(now, true), audit);
        String key = ledger.verifierKey().toString();
        assertThat(verify(audit, key, keptFile)).isEqualTo("0 verified: the report is what the ledger says");
        String html = Files.readString(audit.resolve(AuditExport.PAGE));
        assertThat(html)
                .contains("rule &lt;3&gt; &amp; 4", "house.example.com/&lt;b&gt;", "<td>1</td>")
                .doesNotContain("<b>", "planted", "<script");
        Path report = audit.resolve(AuditExport.REPORT);
        String right = Files.readString(report);
        assertThat(right).contains("\"items\": 1");
        Files.writeString(report, right.replace("\"items\": 1", "\"items\": 3"));
        assertThat(verify(audit, key, keptFile)).startsWith("1 the file report.json is not what the ledger says");
        Files.writeString(report, right);
        flip(audit.resolve("ledger"));
        assertThat(verify(audit, key, keptFile)).startsWith("1 the ledger: ");
        assertThat(verify(audit.resolve("none"), key, keptFile)).startsWith("2 ");
        String foreign = CheckpointOfAnother.note(directory.resolve("another"), () -> now);
        Files.writeString(keptFile, foreign);
        assertThat(verify(audit, key, keptFile)).doesNotStartWith("0");
    }

    /** Flips a bit within an entry. */
    private static void flip(Path export) throws IOException {
        Path bundle;
        try (var files = Files.walk(export)) {
            bundle = files.filter(
                            file -> Files.isRegularFile(file) && file.toString().contains("entries"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bundle, bytes);
    }

    /** The exit code and what the verifier says, run where neither database nor vault is. */
    private String verify(Path audit, String key, Path kept) throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AuditVerifier.class.getName(),
                        audit.toString(),
                        key,
                        kept.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue() + " "
                + Files.readString(out, StandardCharsets.UTF_8).strip();
    }

    @Test
    void anEntryThatSaysWhatCannotBeIsNamed() throws IOException {
        ledger.append(LedgerEvent.builder(EventKind.of("retain.kept"), now)
                .fact("data-class", "footage")
                .fact("days-00", "door||soon=five")
                .build());
        assertThatThrownBy(() -> report("a", false)).hasMessageContaining("entry 0 of kind retain.kept");
    }
}
