package io.gatehouse.policy.consent;

import static io.gatehouse.core.identity.DataClass.FACE_TEMPLATE;
import static io.gatehouse.core.identity.Purpose.ACCESS;
import static io.gatehouse.core.identity.Purpose.ATTENDANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.retain.KeyKeeper;
import io.gatehouse.policy.retain.LegalHold;
import io.gatehouse.policy.retain.LegalHolds;
import io.gatehouse.policy.retain.PurgeCertificate;
import io.gatehouse.policy.retain.PurgeJob;
import io.gatehouse.policy.retain.RetentionSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consents, holds and purges together. */
class ConsentRetentionTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final PersonId LI = PersonId.of("li-7");
    private static final PersonId WANG = PersonId.of("wang-8");
    private static final PersonId CLERK = PersonId.of("clerk");
    private static final Notice NOTICE = Notice.of("face", 1, "en", "We compare faces at the doors.");
    private static final RetentionSchedule SCHEDULE = schedule();

    @TempDir
    Path directory;

    private Instant now = START;

    private static RetentionSchedule schedule() {
        try {
            return RetentionSchedule.read(DocumentSource.of("s.yaml", """
                    version: 1
                    zone: UTC
                    rules:
                      - {id: consents, data: consent-record, from: consent-ended, keep: P3Y, source: proof of consent}
                      - {id: records, data: ledger, from: left, keep: P1Y, source: house rule}
                    """));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database of this test. */
    String url() {
        return "sqlite:" + directory.resolve("gate.db");
    }

    @Test
    @DisplayName("ATT-7 consents are kept as proof for their time after they end, and no longer; those in force stay")
    void endedConsentsArePurged() throws IOException {
        try (Store store = Stores.open(url());
                StoreVault vault = vault(store);
                StoreLedger ledger = StoreLedger.open(store, vault, "house.example.com", () -> now)) {
            LegalHolds holds = LegalHolds.create(store, vault, ledger, () -> now);
            JdbcConsentRegister register = JdbcConsentRegister.create(
                    store,
                    vault,
                    () -> now,
                    ConsentOptions.plain().recordedIn(ledger).honouring(holds));
            register.publish(NOTICE, ACCESS, FACE_TEMPLATE);
            register.publish(NOTICE, ATTENDANCE, FACE_TEMPLATE);
            PurgeJob job =
                    PurgeJob.create(store, vault, ledger, SCHEDULE, List.of(register.keeper()), holds, () -> now);
            give(register, LI, ACCESS);
            give(register, LI, ATTENDANCE);
            give(register, WANG, ACCESS);
            FollowUp followUp = register.withdraw(ConsentSubject.of(LI, ACCESS, FACE_TEMPLATE), "app");
            register.withdraw(ConsentSubject.of(WANG, ACCESS, FACE_TEMPLATE), "app");
            now = START.plus(Duration.ofDays(1_096));
            assertThat(job.run()).as("what must follow was not carried out yet").isEmpty();
            register.finish(followUp);
            assertThat(job.run()).extracting(PurgeCertificate::items).containsExactly(1L);
            assertThat(register.history(LI)).extracting(ConsentRecord::answer).containsExactly(ConsentAnswer.GIVEN);
            assertThat(register.basisFor(LI, ATTENDANCE, FACE_TEMPLATE).isLawful())
                    .isTrue();
            register.unfinished().forEach(each -> finish(register, each));
            LegalHold hold = LegalHold.of(WANG, "claim", CLERK, now);
            holds.place(hold);
            assertThat(job.run()).extracting(PurgeCertificate::held).containsExactly(1L);
            assertThat(register.history(WANG)).hasSize(2);
            holds.lift(hold.id(), CLERK, "closed");
            assertThat(job.run()).extracting(PurgeCertificate::keys).containsExactly(1L);
            assertThat(register.history(WANG)).isEmpty();
            give(register, WANG, ACCESS);
            assertThat(register.history(WANG)).hasSize(1);
        }
    }

    private static void finish(JdbcConsentRegister register, FollowUp followUp) {
        try {
            register.finish(followUp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void give(JdbcConsentRegister register, PersonId person, Purpose purpose) throws IOException {
        register.give(ConsentSubject.of(person, purpose, FACE_TEMPLATE), NOTICE, "kiosk");
    }

    @Test
    @DisplayName("ATT-4 a withdrawal restricts while a real hold lasts; lifting it shreds at once")
    void liftingAHoldShreds() throws IOException {
        try (Store store = Stores.open(url());
                StoreVault vault = vault(store);
                StoreLedger ledger = StoreLedger.open(store, vault, "house.example.com", () -> now)) {
            LegalHolds holds = LegalHolds.create(store, vault, ledger, () -> now);
            JdbcConsentRegister register = JdbcConsentRegister.create(
                    store, vault, () -> now, ConsentOptions.plain().honouring(holds));
            register.publish(NOTICE, ACCESS, FACE_TEMPLATE);
            byte[] template = vault.seal(LI, FACE_TEMPLATE, new byte[] {1, 2, 3});
            register.onWithdrawn(followUp -> {
                if (followUp.action() == FollowUp.Action.SHRED) {
                    shred(vault, followUp.record().subject());
                }
            });
            holds.onLifted(() -> resume(register));
            give(register, LI, ACCESS);
            LegalHold hold = LegalHold.of(LI, "claim", CLERK, now);
            holds.place(hold);
            assertThat(register.withdraw(ConsentSubject.of(LI, ACCESS, FACE_TEMPLATE), "app")
                            .action())
                    .isEqualTo(FollowUp.Action.RESTRICT);
            assertThat(vault.open(LI, FACE_TEMPLATE, template)).isPresent();
            holds.lift(hold.id(), CLERK, "closed");
            assertThat(vault.open(LI, FACE_TEMPLATE, template)).isEmpty();
            assertThat(register.unfinished()).isEmpty();
        }
    }

    private static void shred(StoreVault vault, ConsentSubject subject) {
        try {
            vault.shred(subject.person(), subject.dataClass());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void resume(JdbcConsentRegister register) {
        try {
            register.resume();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("ATT-7 what the ledger says of people who left is made unreadable by their key; its proofs stay")
    void ledgerForgetsWhoLeft() throws IOException {
        try (Store store = Stores.open(url());
                StoreVault vault = vault(store);
                StoreLedger ledger = StoreLedger.open(store, vault, "house.example.com", () -> now)) {
            LegalHolds holds = LegalHolds.create(store, vault, ledger, () -> now);
            for (PersonId each : List.of(LI, WANG)) {
                ledger.append(LedgerEvent.builder(EventKind.PASSAGE, now)
                        .person(each)
                        .personalFact("score", "41.7")
                        .build());
            }
            List<KeptItem> left = List.of(KeptItem.of("li-7", LI, START));
            KeyKeeper keeper = KeyKeeper.create("ledger-people", DataClass.LEDGER, "left", vault, new Left(left));
            PurgeJob job = PurgeJob.create(store, vault, ledger, SCHEDULE, List.of(keeper), holds, () -> now);
            now = START.plus(Duration.ofDays(364));
            assertThat(job.run()).isEmpty();
            now = START.plus(Duration.ofDays(365));
            assertThat(job.run()).singleElement().satisfies(certificate -> {
                assertThat(certificate.keys()).isEqualTo(1);
                assertThat(certificate.probes()).isEqualTo(1);
                assertThat(certificate.probesOpened()).isZero();
            });
            assertThat(job.run()).isEmpty();
            assertThat(ledger.entries(0, 1).get(0).event().person()).isEmpty();
            assertThat(ledger.entries(1, 1).get(0).event().person()).contains(WANG);
            assertThat(ledger.verify().isVerified()).isTrue();
        }
    }

    /** Who left, in memory. */
    private record Left(List<KeptItem> items) implements KeyKeeper.People {
        @Override
        public List<KeptItem> startedBy(Instant until, Optional<KeptItem> after, int limit) {
            return items.stream()
                    .filter(item -> !item.startedAt().isAfter(until)
                            && after.filter(last -> item.compareTo(last) <= 0).isEmpty())
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<KeptItem> of(PersonId person) {
            return items.stream()
                    .filter(item -> item.owner().filter(person::equals).isPresent())
                    .findFirst();
        }
    }

    private StoreVault vault(Store store) throws IOException {
        return StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> now);
    }
}
