package io.gatehouse.policy.consent;

import static io.gatehouse.core.identity.DataClass.FACE_TEMPLATE;
import static io.gatehouse.core.identity.Purpose.ACCESS;
import static io.gatehouse.core.identity.Purpose.ATTENDANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.consent.FollowUp.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcConsentRegisterTest {
    private static final Instant NOW = Instant.parse("2026-05-04T08:00:00.123Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final PersonId LI = PersonId.of("li-7");
    private static final ConsentSubject LI_ACCESS = ConsentSubject.of(LI, ACCESS, FACE_TEMPLATE);
    private static final ConsentSubject LI_ATTENDANCE = ConsentSubject.of(LI, ATTENDANCE, FACE_TEMPLATE);
    private static final Notice FIRST = Notice.of("face", 1, "en", "We compare faces at the doors.");
    private static final Notice FIRST_CHINESE = Notice.of("face", 1, "zh-CN", "我们在门口比对人脸。");
    private static final Notice SECOND = Notice.of("face", 2, "en", "We compare faces at the doors and lifts.");

    @TempDir
    Path directory;

    @Test
    @DisplayName("ATT-1 there is a lawful basis only for the person, purpose and data class that was consented to")
    void consentHoldsForWhatItWasGivenFor() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            assertThat(code(register, LI_ACCESS)).isEqualTo("consent.none");
            register.give(LI_ACCESS, FIRST, "kiosk");
            assertThat(code(register, LI_ACCESS)).isEqualTo("lawful");
            assertThat(code(register, LI_ATTENDANCE)).isEqualTo("consent.none");
            assertThat(code(register, ConsentSubject.of(PersonId.of("wang"), ACCESS, FACE_TEMPLATE)))
                    .isEqualTo("consent.none");
            assertThat(code(register, ConsentSubject.of(LI, ACCESS, DataClass.of("fingerprint-template"))))
                    .isEqualTo("consent.none");
        }
    }

    @Test
    @DisplayName("ATT-1 the basis of each person and purpose is recorded and survives a restart")
    void restartKeepsConsent() throws IOException {
        ConsentRecord given;
        try (Store store = open()) {
            ConsentRegister register = published(store);
            register.publish(FIRST, ATTENDANCE, FACE_TEMPLATE);
            given = register.give(LI_ACCESS, FIRST, "kiosk");
            register.give(LI_ATTENDANCE, FIRST, "kiosk");
            register.withdraw(LI_ATTENDANCE, "letter");
        }
        try (Store store = open()) {
            ConsentRegister register = JdbcConsentRegister.create(store, vault(store), CLOCK);
            assertThat(code(register, LI_ACCESS)).isEqualTo("lawful");
            assertThat(code(register, LI_ATTENDANCE)).isEqualTo("consent.withdrawn");
            assertThat(register.last(LI_ACCESS)).contains(given);
            assertThat(register.history(LI)).hasSize(3);
        }
    }

    @Test
    @DisplayName("ATT-2 the record says which text of which notice version was shown, when and how")
    void recordSaysWhatWasShown() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            register.publish(FIRST_CHINESE, ACCESS, FACE_TEMPLATE);
            Notice shown =
                    register.noticeInForce(ACCESS, FACE_TEMPLATE, "zh-CN").orElseThrow();
            ConsentRecord record = register.give(LI_ACCESS, shown, "kiosk 3");
            assertThat(shown).isEqualTo(FIRST_CHINESE);
            assertThat(register.history(LI)).containsExactly(record);
            assertThat(record.noticeSha256()).isEqualTo(FIRST_CHINESE.sha256());
            assertThat(record.noticeVersion()).isEqualTo(1);
            assertThat(record.noticeLanguage()).isEqualTo("zh-CN");
            assertThat(record.at()).isEqualTo(NOW);
            assertThat(record.how()).isEqualTo("kiosk 3");
            assertThat(register.noticeInForce(ACCESS, FACE_TEMPLATE, "fr")).isEmpty();
            assertThat(register.noticeInForce(ATTENDANCE, FACE_TEMPLATE, "en")).isEmpty();
        }
    }

    @Test
    @DisplayName("ATT-2 a new notice version asks again, another language of the same version does not")
    void newNoticeVersionAsksAgain() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            register.give(LI_ACCESS, FIRST, "kiosk");
            register.publish(FIRST_CHINESE, ACCESS, FACE_TEMPLATE);
            assertThat(code(register, LI_ACCESS)).isEqualTo("lawful");
            register.publish(SECOND, ACCESS, FACE_TEMPLATE);
            assertThat(code(register, LI_ACCESS)).isEqualTo("consent.outdated");
            register.give(LI_ACCESS, FIRST, "kiosk with an old page open");
            assertThat(code(register, LI_ACCESS)).isEqualTo("consent.outdated");
            register.give(LI_ACCESS, SECOND, "kiosk");
            assertThat(code(register, LI_ACCESS)).isEqualTo("lawful");
        }
    }

    @Test
    @DisplayName("ATT-2 consent cannot be recorded for a notice that was never published for it")
    void refusesConsentWithoutNotice() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = JdbcConsentRegister.create(store, vault(store), CLOCK);
            assertThatThrownBy(() -> register.give(LI_ACCESS, FIRST, "kiosk"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("never published")
                    .hasMessageNotContaining(LI.value());
            register.publish(FIRST, ACCESS, FACE_TEMPLATE);
            assertThatThrownBy(() -> register.give(LI_ATTENDANCE, FIRST, "kiosk"))
                    .isInstanceOf(IllegalArgumentException.class);
            Notice forged = Notice.of("face", 1, "en", "We do nothing at all.");
            assertThatThrownBy(() -> register.give(LI_ACCESS, forged, "kiosk"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(register.history(LI)).isEmpty();
        }
    }

    @Test
    void publishedTextsNeverChangeAndVersionsNeverGoBack() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            Notice changed = Notice.of("face", 1, "en", "Other.");
            assertThatThrownBy(() -> register.publish(changed, ACCESS, FACE_TEMPLATE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another text");
            register.publish(SECOND, ACCESS, FACE_TEMPLATE);
            assertThatThrownBy(() -> register.publish(FIRST, ACCESS, FACE_TEMPLATE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("version 2");
            assertThat(register.noticeInForce(ACCESS, FACE_TEMPLATE, "en")).contains(SECOND);
        }
    }

    @Test
    @DisplayName("ATT-4 who refuses is pointed to another way, and nothing needs to be destroyed")
    void refusalIsNoConsent() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            FollowUp followUp = register.refuse(LI_ACCESS, FIRST, "kiosk");
            assertThat(followUp.action()).isEqualTo(Action.NOTHING);
            assertThat(register.unfinished()).isEmpty();
            Reason reason =
                    register.basisFor(LI, ACCESS, FACE_TEMPLATE).refusal().orElseThrow();
            assertThat(reason.code()).isEqualTo("consent.refused");
            assertThat(reason.text()).contains("another way");
        }
    }

    @Test
    void withdrawalTakesEffectAtOnceAndCallsForShredding() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            List<FollowUp> heard = new ArrayList<>();
            List<String> codesHeardDuring = new ArrayList<>();
            register.onWithdrawn(heard::add);
            register.onWithdrawn(followUp -> codesHeardDuring.add(code(register, LI_ACCESS)));
            register.give(LI_ACCESS, FIRST, "kiosk");
            FollowUp followUp = register.withdraw(LI_ACCESS, "app");
            assertThat(followUp.action()).isEqualTo(Action.SHRED);
            assertThat(followUp.record().noticeSha256()).isEqualTo(FIRST.sha256());
            assertThat(heard).containsExactly(followUp);
            assertThat(codesHeardDuring).containsExactly("consent.withdrawn");
            assertThat(register.unfinished()).isEmpty();
        }
    }

    @Test
    void dataStayWhileAnotherPurposeHasConsent() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            register.publish(FIRST, ATTENDANCE, FACE_TEMPLATE);
            register.give(LI_ACCESS, FIRST, "kiosk");
            register.give(LI_ATTENDANCE, FIRST, "kiosk");
            FollowUp first = register.withdraw(LI_ACCESS, "app");
            assertThat(first.action()).isEqualTo(Action.STOP_USE);
            assertThat(first.stillConsented()).isEqualTo(Set.of(ATTENDANCE));
            assertThat(code(register, LI_ATTENDANCE)).isEqualTo("lawful");
            FollowUp second = register.refuse(LI_ATTENDANCE, FIRST, "app");
            assertThat(second.action()).isEqualTo(Action.SHRED);
            assertThat(register.unfinished()).extracting(FollowUp::action).containsExactly(Action.SHRED, Action.SHRED);
        }
    }

    @Test
    void withdrawalOfWhatWasNeverAskedIsRefused() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            assertThatThrownBy(() -> register.withdraw(LI_ACCESS, "app")).isInstanceOf(IllegalArgumentException.class);
            register.refuse(LI_ACCESS, FIRST, "kiosk");
            assertThat(register.withdraw(LI_ACCESS, "app").action()).isEqualTo(Action.NOTHING);
            assertThat(code(register, LI_ACCESS)).isEqualTo("consent.withdrawn");
        }
    }

    @Test
    void followUpThatFailedIsCarriedOutAfterRestart() throws IOException {
        FollowUp followUp;
        try (Store store = open()) {
            ConsentRegister register = published(store);
            List<FollowUp> heard = new ArrayList<>();
            register.onWithdrawn(it -> {
                throw new IllegalStateException("the vault is away");
            });
            register.onWithdrawn(heard::add);
            register.give(LI_ACCESS, FIRST, "kiosk");
            followUp = register.withdraw(LI_ACCESS, "app");
            assertThat(code(register, LI_ACCESS)).isEqualTo("consent.withdrawn");
            assertThat(heard).containsExactly(followUp);
            assertThat(register.resume()).isEqualTo(1);
        }
        try (Store store = open()) {
            ConsentRegister register = JdbcConsentRegister.create(store, vault(store), CLOCK);
            List<FollowUp> heard = new ArrayList<>();
            assertThat(register.unfinished()).containsExactly(followUp);
            assertThat(register.resume()).isEqualTo(1);
            register.onWithdrawn(heard::add);
            assertThat(register.resume()).isZero();
            assertThat(heard).containsExactly(followUp);
            assertThat(register.unfinished()).isEmpty();
        }
    }

    @Test
    void followUpWithoutListenersWaitsUntilItIsSaidToBeFinished() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            register.give(LI_ACCESS, FIRST, "kiosk");
            FollowUp followUp = register.withdraw(LI_ACCESS, "app");
            assertThat(register.unfinished()).containsExactly(followUp);
            register.finish(followUp);
            assertThat(register.unfinished()).isEmpty();
        }
    }

    @Test
    void answersNoWhenTheStoreFails() throws IOException {
        Store store = open();
        ConsentRegister register = published(store);
        register.give(LI_ACCESS, FIRST, "kiosk");
        store.close();
        assertThat(code(register, LI_ACCESS)).isEqualTo("consent.unavailable");
    }

    @Test
    @DisplayName("ATT-1 every change is in the ledger, with no person in clear")
    void everyChangeIsInTheLedger() throws IOException {
        try (Store store = open()) {
            RecordedEvents ledger = new RecordedEvents();
            ConsentRegister register = JdbcConsentRegister.create(store, vault(store), CLOCK, ledger);
            register.publish(FIRST, ACCESS, FACE_TEMPLATE);
            register.publish(FIRST_CHINESE, ACCESS, FACE_TEMPLATE);
            ConsentRecord given = register.give(LI_ACCESS, FIRST, "kiosk");
            register.withdraw(LI_ACCESS, "app");
            register.refuse(LI_ACCESS, FIRST, "app");
            assertThat(ledger.kinds())
                    .containsExactly("consent.notice", "consent.given", "consent.withdrawn", "consent.refused");
            LedgerEvent event = ledger.events().get(1);
            assertThat(event.id()).isEqualTo(given.id());
            assertThat(event.occurredAt()).isEqualTo(NOW);
            assertThat(event.person()).contains(LI);
            assertThat(event.personalFacts()).containsEntry("how", "kiosk");
            assertThat(event.facts())
                    .containsEntry("purpose", "access")
                    .containsEntry("data-class", "face-template")
                    .containsEntry("notice-version", "1")
                    .containsEntry("notice-sha256", FIRST.sha256())
                    .doesNotContainValue(LI.value());
        }
    }

    @Test
    void withdrawalHoldsWhileTheLedgerFailsAndIsRecordedOnceLater() throws IOException {
        RecordedEvents ledger = new RecordedEvents();
        try (Store store = open()) {
            JdbcConsentRegister register = JdbcConsentRegister.create(store, vault(store), CLOCK, ledger);
            register.publish(FIRST, ACCESS, FACE_TEMPLATE);
            ledger.failAfter(true);
            register.give(LI_ACCESS, FIRST, "kiosk");
            ledger.failAfter(false);
            ledger.failBefore(true);
            register.withdraw(LI_ACCESS, "app");
            assertThat(code(register, LI_ACCESS)).isEqualTo("consent.withdrawn");
            assertThat(register.recordPending()).isFalse();
            assertThat(ledger.kinds()).containsExactly("consent.notice", "consent.given");
        }
        ledger.failBefore(false);
        try (Store store = open()) {
            JdbcConsentRegister register = JdbcConsentRegister.create(store, vault(store), CLOCK, ledger);
            assertThat(register.recordPending()).isTrue();
            assertThat(ledger.kinds()).containsExactly("consent.notice", "consent.given", "consent.withdrawn");
        }
    }

    @Test
    void tablesNameNobody() throws IOException {
        try (Store store = open()) {
            ConsentRegister register = published(store);
            register.give(LI_ACCESS, FIRST, "kiosk, seen by wang-3");
            register.withdraw(LI_ACCESS, "letter of wang-3");
            for (ConsentRecord record : register.history(LI)) {
                assertThat(record.how()).contains("wang-3");
            }
            for (String column : List.of("person", "how", "sealed_person", "id")) {
                assertThat(column(store, column))
                        .as(column)
                        .hasSize(2)
                        .noneMatch(value -> value.contains(LI.value()) || value.contains("wang"));
            }
            assertThat(column(store, "person"))
                    .as("one pseudonym a person")
                    .containsOnly(column(store, "person").get(0));
        }
    }

    @Test
    void shreddingBreaksTheLinkAndWhoAnswersAgainBeginsAnew() throws IOException {
        RecordedEvents ledger = new RecordedEvents();
        try (Store store = open()) {
            StoreVault vault = vault(store);
            JdbcConsentRegister register = JdbcConsentRegister.create(store, vault, CLOCK, ledger);
            register.publish(FIRST, ACCESS, FACE_TEMPLATE);
            register.give(LI_ACCESS, FIRST, "kiosk");
            ledger.failBefore(true);
            register.withdraw(LI_ACCESS, "app");
            String pseudonym = column(store, "person").get(0);
            vault.shred(LI, JdbcConsentRegister.RECORDS);
            assertThat(code(register, LI_ACCESS)).isEqualTo("consent.none");
            assertThat(register.history(LI)).isEmpty();
            assertThat(register.last(LI_ACCESS)).isEmpty();
            assertThat(register.unfinished()).isEmpty();
            assertThatThrownBy(() -> register.withdraw(LI_ACCESS, "app")).isInstanceOf(IllegalArgumentException.class);
            ledger.failBefore(false);
            assertThat(register.recordPending()).isTrue();
            assertThat(ledger.events().get(2).person()).isEmpty();
            assertThat(ledger.events().get(2).facts()).containsEntry("notice-version", "1");
            register.give(LI_ACCESS, FIRST, "kiosk");
            assertThat(code(register, LI_ACCESS)).isEqualTo("lawful");
            assertThat(register.history(LI)).hasSize(1);
            assertThat(column(store, "person").stream().filter(pseudonym::equals))
                    .hasSize(2);
            assertThat(column(store, "person")).hasSize(3);
        }
    }

    private static List<String> column(Store store, String name) throws IOException {
        return store.read(connection -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT " + name + " FROM consent_event ORDER BY seq")) {
                while (rows.next()) {
                    values.add(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1));
                }
            }
            return values;
        });
    }

    @Test
    void receiptRepeatsTheRecord() throws IOException {
        try (Store store = open()) {
            ConsentRecord record = published(store).give(LI_ACCESS, FIRST, "kiosk");
            ConsentReceipt receipt = ConsentReceipt.of(record, "Example Ltd, privacy@example.com", NOW.plusSeconds(5));
            assertThat(receipt.recordId()).isEqualTo(record.id());
            assertThat(receipt.receiptId()).isNotEqualTo(record.id());
            assertThat(receipt.principal()).isEqualTo(LI);
            assertThat(receipt.purpose()).isEqualTo(ACCESS);
            assertThat(receipt.dataClass()).isEqualTo(FACE_TEMPLATE);
            assertThat(receipt.lawfulBasis()).isEqualTo("consent");
            assertThat(receipt.schemaVersion()).isEqualTo("ISO/IEC TS 27560:2023");
            assertThat(receipt.noticeSha256()).isEqualTo(FIRST.sha256());
            assertThat(receipt.state()).isEqualTo(ConsentAnswer.GIVEN);
            assertThat(receipt.answeredAt()).isEqualTo(NOW);
            assertThat(receipt.toString()).doesNotContain(LI.value());
            assertThat(record.toString()).doesNotContain(LI.value());
            assertThatThrownBy(() -> ConsentReceipt.of(record, " ", NOW)).hasMessageContaining("controller");
        }
    }

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("consent.db");
    }

    private Store open() throws IOException {
        return Stores.open(url());
    }

    private StoreVault vault(Store store) throws IOException {
        return StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), CLOCK);
    }

    private ConsentRegister published(Store store) throws IOException {
        ConsentRegister register = JdbcConsentRegister.create(store, vault(store), CLOCK);
        register.publish(FIRST, ACCESS, FACE_TEMPLATE);
        return register;
    }

    private static String code(LawfulBasis basis, ConsentSubject subject) {
        return basis.basisFor(subject.person(), subject.purpose(), subject.dataClass())
                .refusal()
                .map(Reason::code)
                .orElse("lawful");
    }
}
