package io.gatehouse.policy.retain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.retain.PurgeTables.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeJobTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final PersonId CLERK = PersonId.of("clerk");

    @TempDir
    Path directory;

    private Instant now = START;
    private RetainHouse house;

    /** The database of this test. */
    String url() {
        return "sqlite:" + directory.resolve("house.db");
    }

    @BeforeEach
    void open() throws IOException {
        house = RetainHouse.open(directory, url(), () -> now);
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private void days(int days) {
        now = START.plus(Duration.ofDays(days));
    }

    private static List<LedgerEntry> purged(RetainHouse house) throws IOException {
        return house.ledger.entries(0, 1_000).stream()
                .filter(entry -> entry.event().kind().equals(PurgeCertificate.KIND))
                .toList();
    }

    @Test
    @DisplayName("ATT-7 the plan says what would go, why and how many, and changes nothing")
    void planChangesNothing() throws IOException {
        house.picture("p1", "li", START);
        house.picture("p2", "li", START.plusSeconds(60));
        house.guestPicture("g1", "guest", START);
        house.footage("f1", "door", START);
        house.footage("f2", "vault", START);
        assertThat(house.job.plan().items()).isZero();
        days(31);
        house.holds.place(LegalHold.of(PersonId.of("guest"), "claim 7", CLERK, now));
        long entries = house.ledger.size();
        PurgePlan plan = house.job.plan();
        assertThat(plan.lines())
                .extracting(PurgePlan.Line::rule, PurgePlan.Line::items, PurgePlan.Line::held)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("guests", 0L, 1L),
                        org.assertj.core.groups.Tuple.tuple("pictures", 2L, 0L),
                        org.assertj.core.groups.Tuple.tuple("footage", 1L, 0L));
        assertThat(plan.lines().get(1).source()).isEqualTo("house rule 3");
        assertThat(plan.lines().get(1).newest()).isEqualTo(START.plusSeconds(60));
        assertThat(house.pictures.all()).hasSize(3);
        assertThat(house.ledger.size()).isEqualTo(entries);
    }

    @Test
    @DisplayName("ATT-7 a purge destroys rows, files and keys, and proves it in the ledger without naming anybody")
    void purgeDestroysAndProves() throws IOException {
        KeptItem old = house.picture("p1", "li", START);
        KeptItem other = house.picture("p2", "wang", START.plusSeconds(5));
        days(20);
        KeptItem young = house.picture("p3", "wang", now);
        days(30);
        List<PurgeProgress> told = new ArrayList<>();
        List<PurgeCertificate> certificates = house.job.run(told::add);
        assertThat(house.pictures.all()).containsExactly(young);
        assertThat(house.pictures.file(old)).doesNotExist();
        assertThat(house.pictures.open(young)).contains("content of p3");
        assertThat(told).containsExactly(new PurgeProgress("pictures", 2, 1, 0));
        assertThat(certificates).singleElement().satisfies(certificate -> {
            assertThat(certificate.items()).isEqualTo(2);
            assertThat(certificate.keys())
                    .as("li's; wang has one that is in use")
                    .isEqualTo(1);
            assertThat(certificate.probes()).isEqualTo(1);
            assertThat(certificate.probesOpened()).isZero();
        });
        LedgerEntry entry = purged(house).get(0);
        assertThat(entry.index()).isEqualTo(certificates.get(0).index());
        assertThat(entry.event().facts())
                .containsEntry("data-class", "picture")
                .containsEntry("schedule", "1")
                .containsEntry("schedule-sha256", house.schedule.sha256())
                .containsEntry("items", "2")
                .containsEntry("keys", "1")
                .containsEntry("probes-opened", "0")
                .containsEntry("days-00", "||2026-03-01=2");
        assertThat(entry.event().facts().get("key-fingerprints")).hasSize(32);
        assertThat(entry.event().facts().toString()).doesNotContain("p1", "li,", "wang");
        assertThat(entry.event().facts()).containsEntry("ids-root", rootOf(certificates.get(0), List.of(old, other)));
        assertThat(house.job.run()).as("nothing is left to be done").isEmpty();
        assertThat(house.ledger.verify().isVerified()).isTrue();
    }

    /** The root, worked out from the ids and the salt, as whoever knows both could. */
    private String rootOf(PurgeCertificate certificate, List<KeptItem> items) throws IOException {
        Run run = house.store
                .read(connection -> PurgeTables.find(connection, certificate.runId()))
                .orElseThrow();
        byte[] salt = house.vault.openSecret(Destroyer.saltName(run), run.sealedSalt());
        MerkleTree batch = new MerkleTree();
        items.forEach(item -> batch.append(DeletionProof.leaf(salt, "pictures", item.id())));
        MerkleTree whole = new MerkleTree();
        whole.append(MerkleTree.leafHash(batch.root()));
        return HexFormat.of().formatHex(whole.root());
    }

    @Test
    @DisplayName("CAM-3 footage stays at least 30 days, longer where the place says so, and goes then")
    void footageStaysForItsTime() throws IOException {
        KeptItem door = house.footage("f1", "door", START);
        KeptItem vault = house.footage("f2", "vault", START);
        // Summer time begins on 29 March in Berlin, so that 30 days are an hour shorter.
        now = Instant.parse("2026-03-31T06:59:59.999Z");
        assertThat(house.job.run()).isEmpty();
        assertThat(house.job.erase(door.owner().orElseThrow()).left()).isEqualTo(1);
        assertThat(house.footage.all()).containsExactly(door, vault);
        now = Instant.parse("2026-03-31T07:00:00Z");
        assertThat(house.job.run()).hasSize(1);
        assertThat(house.footage.all()).containsExactly(vault);
        days(91);
        house.job.run();
        assertThat(house.footage.all()).isEmpty();
    }

    @Test
    @DisplayName("CAM-3 what is held stays beyond its time and goes when the hold is lifted or ends")
    void heldDataStay() throws IOException {
        KeptItem door = house.footage("f1", "door", START);
        KeptItem gate = house.footage("f2", "gate", START);
        LegalHold hold = LegalHold.of(
                RetainHouse.FOOTAGE,
                Optional.of("door"),
                START.minusSeconds(60),
                START.plusSeconds(60),
                "letter of the police",
                CLERK,
                now);
        house.holds.place(hold);
        days(40);
        List<PurgeCertificate> certificates = house.job.run();
        assertThat(certificates).extracting(PurgeCertificate::held).containsExactly(1L);
        assertThat(house.footage.all()).containsExactly(door);
        assertThat(house.footage.open(door)).contains("content of f1");
        List<String> lifted = new ArrayList<>();
        house.holds.onLifted(() -> lifted.add("lifted"));
        house.holds.lift(hold.id(), CLERK, "the case is closed");
        assertThat(lifted).containsExactly("lifted");
        house.job.run();
        assertThat(house.footage.all()).isEmpty();
        assertThatThrownBy(() -> house.holds.lift(hold.id(), CLERK, "again")).hasMessageContaining("no hold");
        KeptItem later = house.footage("f3", "gate", gate.startedAt());
        house.holds.place(
                LegalHold.of(later.owner().orElseThrow(), "claim", CLERK, now).until(now.plusSeconds(60)));
        house.job.run();
        assertThat(house.footage.all()).containsExactly(later);
        now = now.plusSeconds(60);
        house.job.run();
        assertThat(house.footage.all()).isEmpty();
    }

    @Test
    void holdOfAPersonOutlivesTheirShredding() throws IOException {
        PersonId li = PersonId.of("li-planted");
        house.holds.place(LegalHold.of(li, "reason-planted", CLERK, now));
        house.vault.shred(li, DataClass.LEDGER);
        house.vault.shred(li, RetainHouse.PICTURE);
        assertThat(house.holds.holds(li, RetainHouse.PICTURE)).isTrue();
        assertThat(house.holds.holds(CLERK, RetainHouse.PICTURE)).isFalse();
        house.store.scrub();
        if (Files.exists(directory.resolve("house.db"))) {
            assertThat(Files.readString(directory.resolve("house.db"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("planted");
        }
    }

    @Test
    @DisplayName("ATT-7 an erasure on request destroys what may go, and says what is left")
    void erasureLeavesWhatMustStay() throws IOException {
        KeptItem old = house.picture("p1", "li", START);
        days(15);
        KeptItem young = house.picture("p2", "li", now);
        KeptItem others = house.picture("p3", "wang", START);
        PurgeJob.Erased erased = house.job.erase(PersonId.of("li"));
        assertThat(erased.left()).as("kept at least for 10 days").isEqualTo(1);
        assertThat(erased.certificates()).extracting(PurgeCertificate::cause).containsExactly("erasure");
        assertThat(house.pictures.all()).containsExactly(others, young);
        days(26);
        assertThat(house.job.erase(PersonId.of("li")).left()).isZero();
        assertThat(house.pictures.all()).containsExactly(others);
        assertThat(house.pictures.open(old)).isEmpty();
    }

    @Test
    @DisplayName("ATT-7 what is over is not served, whether it was purged yet or not")
    void expiredDataAreNotServed() throws IOException {
        KeptItem item = house.picture("p1", "li", START);
        ServingGuard guard = ServingGuard.create(house.schedule, house.ledger, () -> now);
        days(29);
        assertThat(guard.refusal(RetainHouse.PICTURE, item)).isEmpty();
        days(30);
        assertThat(guard.refusal(RetainHouse.PICTURE, item).map(Reason::code)).contains("retain.over");
        assertThat(house.pictures.all()).isNotEmpty();
    }

    @Test
    void manyItemsAreDestroyedInBatchesUnderOneCertificate() throws IOException {
        for (int i = 0; i < 2_350; i++) {
            house.footage.keep(new KeptItem(
                    "f" + i,
                    Optional.empty(),
                    START.plus(Duration.ofHours(i)),
                    Optional.of("door-number-" + i % 500),
                    Optional.empty()));
        }
        days(200);
        List<PurgeProgress> told = new ArrayList<>();
        List<PurgeCertificate> certificates = house.job.run(told::add);
        assertThat(told).extracting(PurgeProgress::items).containsExactly(1_000L, 2_000L, 2_350L);
        PurgeCertificate certificate = certificates.get(0);
        for (int i : new int[] {0, 999, 1_000, 1_234, 2_349}) {
            DeletionProof proof =
                    house.job.proofOf(certificate.runId(), "footage", "f" + i).orElseThrow();
            assertThat(proof.leadsTo(certificate.idsRoot())).isTrue();
            assertThat(proof.leadsTo(certificate.keysRoot())).isFalse();
            DeletionProof other =
                    new DeletionProof("footage", "f" + (i + 1), proof.salt(), proof.inBatch(), proof.batch());
            assertThat(other.leadsTo(certificate.idsRoot())).isFalse();
        }
        assertThat(house.job.proofOf(certificate.runId(), "footage", "f2350")).isEmpty();
        assertThat(house.job.proofOf(certificate.runId(), "pictures", "f1")).isEmpty();
        assertThat(certificates)
                .singleElement()
                .satisfies(each -> assertThat(each.items()).isEqualTo(2_350));
        Buckets buckets = new Buckets();
        for (LedgerEntry each : purged(house)) {
            each.event().facts().forEach((name, value) -> {
                if (name.startsWith("days-")) {
                    buckets.add(value);
                }
            });
        }
        assertThat(purged(house).size()).as("entries").isGreaterThan(1);
        assertThat(buckets.counts().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(2_350);
    }

    @Test
    void aRuleThatCountsFromAnotherEventIsRefused() throws IOException {
        RetentionSchedule other = RetentionSchedule.read(DocumentSource.of(
                "s.yaml", RetainHouse.SCHEDULE.replace("data: picture, from: recorded", "data: picture, from: left")));
        Store store = house.store;
        assertThatThrownBy(() -> PurgeJob.create(
                        store, house.vault, house.ledger, other, List.of(house.pictures), house.holds, () -> now))
                .hasMessageContaining("'left'");
        assertThatThrownBy(() -> PurgeJob.create(
                        store,
                        house.vault,
                        house.ledger,
                        house.schedule,
                        List.of(house.pictures, house.pictures),
                        house.holds,
                        () -> now))
                .hasMessageContaining("two keepers");
    }

    @Test
    void schedulesAreReadInOneFormAndRefusedInOthers() throws IOException {
        assertThat(RetentionSchedule.read(RetentionSchedule.template()).rules()).hasSize(7);
        RetentionSchedule again = RetentionSchedule.read(DocumentSource.of("again.json", house.schedule.toJson()));
        assertThat(again).isEqualTo(house.schedule);
        assertThat(again.sha256()).isEqualTo(house.schedule.sha256());
        assertThat(RetentionSchedule.schema()).contains("Retention schedule");
        assertThatThrownBy(() -> RetentionSchedule.read(
                        DocumentSource.of("s.yaml", RetainHouse.SCHEDULE.replace("at-most: P40D", "at-most: P29D"))))
                .hasMessageContaining("longer than the next");
        assertThatThrownBy(() -> RetentionSchedule.read(
                        DocumentSource.of("s.yaml", RetainHouse.SCHEDULE.replace(", people: visitor", ""))))
                .hasMessageContaining("same data");
    }
}
