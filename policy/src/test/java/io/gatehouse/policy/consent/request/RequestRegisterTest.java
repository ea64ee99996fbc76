package io.gatehouse.policy.consent.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.consent.ConsentOptions;
import io.gatehouse.policy.consent.ConsentSubject;
import io.gatehouse.policy.consent.JdbcConsentRegister;
import io.gatehouse.policy.consent.Notice;
import io.gatehouse.policy.consent.regime.Regime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestRegisterTest {
    private static final PersonId LI = PersonId.of("li-planted");
    private static final PersonId CLERK = PersonId.of("clerk-planted");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-01-30T17:00:00Z");
    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("gate.db");
    }

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(url());
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> now);
        ledger = StoreLedger.open(store, vault, "gate.example.com/test", () -> now);
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }

    private RequestRegister register(Map<RequestKind, Deadline> deadlines) throws IOException {
        return RequestRegister.create(store, vault, ledger, deadlines, ZONE, () -> now);
    }

    @Test
    @DisplayName("ATT-1 requests of people have the deadlines of the regime, and late ones are listed")
    void requestsHaveDeadlines() throws IOException {
        RequestRegister register = register(Regime.shipped("gdpr").deadlines());
        SubjectRequest erasure = register.receive(LI, RequestKind.ERASURE, "forget my face");
        SubjectRequest access = register.receive(LI, RequestKind.ACCESS, "what do you have?");
        assertThat(erasure.dueOn()).as("received on 31 January in Shanghai").isEqualTo(LocalDate.of(2026, 2, 28));
        SubjectRequest later = register.extend(erasure.id(), CLERK, "many requests");
        assertThat(later.dueOn()).isEqualTo(LocalDate.of(2026, 4, 28));
        assertThatThrownBy(() -> register.extend(erasure.id(), CLERK, "still many"))
                .hasMessageContaining("again");
        assertThat(register.open()).containsExactly(access, later);
        assertThat(register.overdue()).isEmpty();
        now = Instant.parse("2026-02-28T16:00:00Z");
        assertThat(register.overdue()).containsExactly(access);
        register.done(access.id(), CLERK, "handed over");
        register.refuse(later.id(), CLERK, "an inquiry is pending");
        assertThat(register.open()).isEmpty();
        assertThat(register.of(LI))
                .extracting(SubjectRequest::state)
                .containsExactlyInAnyOrder(RequestState.DONE, RequestState.REFUSED);
        assertThatThrownBy(() -> register.done(access.id(), CLERK, "twice")).hasMessageContaining("no open request");
        assertThat(ledger.entries(0, 100))
                .extracting(entry -> entry.event().kind().value())
                .containsExactly(
                        "request.received", "request.received", "request.extended", "request.done", "request.refused");
    }

    @Test
    void aKindWithoutADeadlineIsNotTaken() throws IOException {
        RequestRegister register = register(Map.of(RequestKind.ACCESS, Deadline.days(30)));
        assertThatThrownBy(() -> register.receive(LI, RequestKind.EXPORT, "all of it"))
                .hasMessageContaining("no deadline");
        SubjectRequest access = register.receive(LI, RequestKind.ACCESS, "all of it");
        assertThatThrownBy(() -> register.extend(access.id(), CLERK, "no")).hasMessageContaining("may not be put off");
        assertThatThrownBy(() -> new Deadline(Period.ZERO, Period.ZERO)).hasMessageContaining("some time");
    }

    @Test
    void tablesNameNobody() throws IOException {
        register(Map.of(RequestKind.ACCESS, Deadline.days(30))).receive(LI, RequestKind.ACCESS, "words-planted");
        close();
        if (Files.exists(directory.resolve("gate.db"))) {
            assertThat(Files.readString(directory.resolve("gate.db"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("planted");
        }
        open();
    }

    @Test
    @DisplayName("REG-2 a person's data are exported as JSON, of them alone, and that is itself recorded")
    void exportsAsJson() throws IOException {
        JdbcConsentRegister consents = JdbcConsentRegister.create(store, vault, () -> now, ConsentOptions.plain());
        Notice notice = Notice.of("face", 1, "en", "We compare faces.");
        consents.publish(notice, Purpose.ACCESS, DataClass.FACE_TEMPLATE);
        consents.give(ConsentSubject.of(LI, Purpose.ACCESS, DataClass.FACE_TEMPLATE), notice, "kiosk \"3\"\n");
        consents.give(ConsentSubject.of(CLERK, Purpose.ACCESS, DataClass.FACE_TEMPLATE), notice, "clerk's kiosk");
        ledger.append(LedgerEvent.builder(EventKind.PASSAGE, now)
                .person(LI)
                .personalFact("score", "41.7")
                .build());
        ledger.append(LedgerEvent.builder(EventKind.PASSAGE, now).person(CLERK).build());
        SubjectRequest request =
                register(Map.of(RequestKind.EXPORT, Deadline.days(30))).receive(LI, RequestKind.EXPORT, "all of it");
        PersonalDataExport export = PersonalDataExport.create(
                List.of(PersonalDataExport.ofConsents(consents), PersonalDataExport.ofLedger(ledger)),
                ledger,
                () -> now);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(export.write(request, CLERK, out))
                .as("a consent, a passage, the request and the access itself")
                .isEqualTo(4);
        String json = out.toString(StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith("{\"format\":\"gatehouse-personal-data/1\"")
                .contains("\"how\":\"kiosk \\\"3\\\"\\n\"")
                .contains("\"score\":\"41.7\"")
                .contains("\"kind\":\"data.accessed\"")
                .doesNotContain("clerk's kiosk");
        assertThatThrownBy(() -> PersonalDataExport.create(
                        List.of(PersonalDataExport.ofLedger(ledger), PersonalDataExport.ofLedger(ledger)),
                        ledger,
                        () -> now))
                .hasMessageContaining("two sources");
    }

    @Test
    void nothingIsExportedThatCannotBeRecorded() throws IOException {
        SubjectRequest request =
                register(Map.of(RequestKind.EXPORT, Deadline.days(30))).receive(LI, RequestKind.EXPORT, "all of it");
        PersonalDataExport export = PersonalDataExport.create(
                List.of(PersonalDataExport.ofLedger(ledger)),
                event -> {
                    throw new IOException("the disk is full");
                },
                () -> now);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> export.write(request, CLERK, out)).hasMessage("the disk is full");
        assertThat(out.size()).isZero();
    }
}
