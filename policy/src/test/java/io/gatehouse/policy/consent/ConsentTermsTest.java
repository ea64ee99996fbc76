package io.gatehouse.policy.consent;

import static io.gatehouse.core.identity.DataClass.FACE_TEMPLATE;
import static io.gatehouse.core.identity.Purpose.ACCESS;
import static io.gatehouse.core.identity.Purpose.ATTENDANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.consent.FollowUp.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consents for a time, by guardians, under a hold, refused and recorded, and at gates without a line. */
class ConsentTermsTest {
    private static final PersonId LI = PersonId.of("li-7");
    private static final ConsentSubject LI_ACCESS = ConsentSubject.of(LI, ACCESS, FACE_TEMPLATE);
    private static final Notice NOTICE = Notice.of("face", 1, "en", "We compare faces at the doors.");
    private static final Guardian MOTHER = new Guardian("Wang Fang", "mother");

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-05-04T08:00:00Z");
    private boolean isHeld;

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("consent.db");
    }

    private JdbcConsentRegister register(Store store, ConsentOptions options) throws IOException {
        StoreVault vault =
                StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> now);
        JdbcConsentRegister register = JdbcConsentRegister.create(store, vault, () -> now, options);
        register.publish(NOTICE, ACCESS, FACE_TEMPLATE);
        register.publish(NOTICE, ATTENDANCE, FACE_TEMPLATE);
        return register;
    }

    @Test
    @DisplayName("ATT-1 a consent for a time is no basis from its end on, and is then ended with what must follow")
    void consentEndsWithItsTime() throws IOException {
        RecordedEvents ledger = new RecordedEvents();
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register =
                    register(store, ConsentOptions.plain().recordedIn(ledger));
            List<FollowUp> heard = new ArrayList<>();
            register.onWithdrawn(heard::add);
            Instant end = now.plusSeconds(3_600);
            ConsentRecord given = register.give(
                    LI_ACCESS, NOTICE, "kiosk", ConsentTerms.none().until(end));
            assertThat(given.terms().expiresAt()).contains(end);
            assertThat(register.last(LI_ACCESS)).contains(given);
            now = end.minusMillis(1);
            assertThat(code(register)).isEqualTo("lawful");
            assertThat(register.expire()).isZero();
            now = end;
            assertThat(code(register)).isEqualTo("consent.expired");
            assertThat(register.expire()).isEqualTo(1);
            assertThat(register.expire()).isZero();
            assertThat(code(register)).isEqualTo("consent.expired");
            assertThat(heard).extracting(FollowUp::action).containsExactly(Action.SHRED);
            assertThat(register.history(LI))
                    .extracting(ConsentRecord::answer)
                    .containsExactly(ConsentAnswer.GIVEN, ConsentAnswer.EXPIRED);
            assertThat(ledger.kinds()).contains("consent.expired");
            register.give(LI_ACCESS, NOTICE, "kiosk");
            assertThat(code(register)).isEqualTo("lawful");
        }
    }

    @Test
    void noConsentIsGoodForLongerThanTheSiteAllows() throws IOException {
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register =
                    register(store, ConsentOptions.plain().longestValid(Duration.ofDays(365)));
            assertThat(register.give(LI_ACCESS, NOTICE, "kiosk").terms().expiresAt())
                    .contains(now.plus(Duration.ofDays(365)));
            ConsentTerms shorter = ConsentTerms.none().until(now.plusSeconds(60));
            assertThat(register.give(LI_ACCESS, NOTICE, "kiosk", shorter).terms())
                    .isEqualTo(shorter);
            ConsentTerms longer = ConsentTerms.none().until(now.plus(Duration.ofDays(900)));
            assertThat(register.give(LI_ACCESS, NOTICE, "kiosk", longer).terms().expiresAt())
                    .contains(now.plus(Duration.ofDays(365)));
        }
    }

    @Test
    @DisplayName("ATT-1 whoever is below the age of the regime needs a guardian's consent, who is kept sealed")
    void childrenNeedAGuardian() throws IOException {
        RecordedEvents ledger = new RecordedEvents();
        AgeRule ages = new AgeRule(14, person -> Optional.of(LocalDate.of(2012, 5, 5)), ZoneId.of("Asia/Shanghai"));
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register =
                    register(store, ConsentOptions.plain().ages(ages).recordedIn(ledger));
            register.give(LI_ACCESS, NOTICE, "kiosk");
            assertThat(code(register)).isEqualTo("consent.guardian-needed");
            register.give(LI_ACCESS, NOTICE, "form", ConsentTerms.none().by(MOTHER));
            assertThat(code(register)).isEqualTo("lawful");
            assertThat(register.last(LI_ACCESS).orElseThrow().terms().guardian())
                    .contains(MOTHER);
            assertThat(ledger.events().get(3).personalFacts()).containsEntry("guardian", "Wang Fang");
            assertThat(ledger.events().get(3).facts()).containsEntry("by", "guardian");
            register.give(LI_ACCESS, NOTICE, "kiosk");
            now = Instant.parse("2026-05-04T16:00:00Z");
            assertThat(code(register))
                    .as("what a child said alone stays invalid, whatever the age since")
                    .isEqualTo("consent.guardian-needed");
            register.give(LI_ACCESS, NOTICE, "kiosk, on the birthday in Shanghai");
            assertThat(code(register)).isEqualTo("lawful");
        }
    }

    @Test
    void tablesNameNoGuardian() throws Exception {
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register = register(store, ConsentOptions.plain());
            register.give(LI_ACCESS, NOTICE, "form", ConsentTerms.none().by(MOTHER));
            String sealed = store.read(connection -> {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("SELECT sealed_guardian FROM consent_event")) {
                    rows.next();
                    return rows.getString(1);
                }
            });
            assertThat(sealed).isNotBlank().doesNotContain("Wang");
            assertThat(MOTHER.toString()).doesNotContain("Wang");
        }
    }

    @Test
    @DisplayName(
            "ATT-7 while a legal hold lasts a withdrawal restricts the data; it shreds them when the hold is lifted")
    void holdTurnsShreddingIntoRestriction() throws IOException {
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register =
                    register(store, ConsentOptions.plain().honouring((person, dataClass) -> isHeld));
            List<Action> heard = new ArrayList<>();
            register.onWithdrawn(followUp -> heard.add(followUp.action()));
            register.give(LI_ACCESS, NOTICE, "kiosk");
            isHeld = true;
            FollowUp restricted = register.withdraw(LI_ACCESS, "app");
            assertThat(restricted.action()).isEqualTo(Action.RESTRICT);
            assertThat(code(register)).isEqualTo("consent.withdrawn");
            assertThat(register.unfinished()).containsExactly(restricted);
            assertThatThrownBy(() -> register.finish(restricted)).hasMessageContaining("hold is lifted");
            assertThat(register.resume()).isEqualTo(1);
            isHeld = false;
            assertThat(register.resume()).isZero();
            assertThat(register.unfinished()).isEmpty();
            assertThat(heard).containsExactly(Action.RESTRICT, Action.RESTRICT, Action.SHRED);
        }
    }

    @Test
    void whoCannotTellWhetherDataAreHeldDestroysNothing() throws IOException {
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register =
                    register(store, ConsentOptions.plain().honouring((person, dataClass) -> {
                        throw new IllegalStateException("the holds are on a disk that died");
                    }));
            register.give(LI_ACCESS, NOTICE, "kiosk");
            assertThat(register.withdraw(LI_ACCESS, "app").action()).isEqualTo(Action.RESTRICT);
        }
    }

    @Test
    void whoConsentsAgainUnderAHoldKeepsTheirData() throws IOException {
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register =
                    register(store, ConsentOptions.plain().honouring((person, dataClass) -> isHeld));
            List<Action> heard = new ArrayList<>();
            register.onWithdrawn(followUp -> heard.add(followUp.action()));
            register.give(LI_ACCESS, NOTICE, "kiosk");
            isHeld = true;
            register.withdraw(LI_ACCESS, "app");
            register.give(LI_ACCESS, NOTICE, "kiosk");
            isHeld = false;
            assertThat(register.resume()).isZero();
            assertThat(heard).containsExactly(Action.RESTRICT);
            assertThat(register.unfinished()).isEmpty();
        }
    }

    @Test
    @DisplayName("ATT-6 a use for a purpose without a basis is refused, and the refusal is recorded")
    void refusedUseIsRecorded() throws IOException {
        RecordedEvents ledger = new RecordedEvents();
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register = register(store, ConsentOptions.plain());
            RecordedBasis basis = RecordedBasis.of(register, ledger, () -> now);
            register.give(LI_ACCESS, NOTICE, "kiosk");
            assertThat(basis.basisFor(LI, ACCESS, FACE_TEMPLATE).isLawful()).isTrue();
            assertThat(ledger.kinds()).isEmpty();
            assertThat(code(basis, ConsentSubject.of(LI, ATTENDANCE, FACE_TEMPLATE)))
                    .isEqualTo("consent.none");
            assertThat(ledger.kinds()).containsExactly(RecordedBasis.REFUSED);
            assertThat(ledger.events().get(0).facts())
                    .containsEntry("purpose", "attendance")
                    .containsEntry("reason", "consent.none");
            ledger.failBefore(true);
            assertThat(basis.basisFor(LI, ATTENDANCE, FACE_TEMPLATE).isLawful()).isFalse();
            assertThat(basis.unrecorded()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("ATT-4 a withdrawal reaches a gate without a line within the lease")
    void leaseEndsWithoutALine() throws IOException {
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register = register(store, ConsentOptions.plain());
            register.give(LI_ACCESS, NOTICE, "kiosk");
            BasisLease gate = BasisLease.create(() -> now);
            assertThat(code(gate)).isEqualTo("consent.lease-over");
            Duration lasts = Duration.ofMinutes(10);
            gate.renew(BasisLease.Grant.of(register, Set.of(LI_ACCESS), now, lasts));
            BasisLease.Grant old = BasisLease.Grant.of(register, Set.of(LI_ACCESS), now, lasts);
            register.withdraw(LI_ACCESS, "app");
            assertThat(code(register)).as("on line, at once").isEqualTo("consent.withdrawn");
            now = now.plus(lasts).minusMillis(1);
            assertThat(code(gate)).isEqualTo("lawful");
            now = now.plusMillis(1);
            assertThat(code(gate)).isEqualTo("consent.lease-over");
            gate.renew(BasisLease.Grant.of(register, Set.of(LI_ACCESS), now, lasts));
            assertThat(code(gate)).isEqualTo("consent.not-leased");
            gate.renew(old);
            assertThat(code(gate)).as("an older grant changes nothing").isEqualTo("consent.not-leased");
            now = now.minusSeconds(1);
            assertThat(code(gate)).as("a clock set back").isEqualTo("consent.lease-over");
        }
    }

    @Test
    @DisplayName("ATT-2 the receipt is JSON with the fields of ISO/IEC TS 27560 and terms of DPV")
    void receiptIsJson() throws IOException {
        try (Store store = Stores.open(url())) {
            JdbcConsentRegister register = register(store, ConsentOptions.plain());
            ConsentRecord record = register.give(
                    LI_ACCESS,
                    NOTICE,
                    "form \"A\"",
                    ConsentTerms.none().by(MOTHER).until(Instant.parse("2027-01-01T00:00:00Z")));
            ReceiptTerms terms = ReceiptTerms.builder("Example Ltd", "Opening doors by face", "app or reception")
                    .jurisdictions("CN")
                    .storedIn("Shanghai")
                    .rights("access", "erasure")
                    .impactAssessment("PIA-7")
                    .special()
                    .build();
            String json = ConsentReceipt.of(record, "Example Ltd", now).toJson(terms);
            assertThat(json)
                    .contains("\"schema_version\": \"ISO/IEC TS 27560:2023\"")
                    .contains("\"record_id\": \"" + record.id() + "\"")
                    .contains("\"pii_principal_id\": \"li-7\"")
                    .contains("\"sha256\": \"" + NOTICE.sha256() + "\"")
                    .contains("\"purpose_type\": \"access\"")
                    .contains("\"lawful_basis\": \"consent\"")
                    .contains("\"special_pii_category\": true")
                    .contains("\"collection_method\": [")
                    .contains("\"form \\\"A\\\"\"")
                    .contains("\"withdrawal_method\": \"app or reception\"")
                    .contains("\"event_state\": \"given\"")
                    .contains("\"dpv:hasConsentStatus\": \"dpv:ConsentGiven\"")
                    .contains("\"valid_until\": \"2027-01-01T00:00:00Z\"")
                    .contains("\"party_name\": \"Wang Fang\"");
            assertThatThrownBy(
                            () -> ConsentReceipt.of(record, "Another Ltd", now).toJson(terms))
                    .hasMessageContaining("Another Ltd");
        }
    }

    private static String code(LawfulBasis basis) {
        return code(basis, LI_ACCESS);
    }

    private static String code(LawfulBasis basis, ConsentSubject subject) {
        return basis.basisFor(subject.person(), subject.purpose(), subject.dataClass())
                .refusal()
                .map(Reason::code)
                .orElse("lawful");
    }
}
