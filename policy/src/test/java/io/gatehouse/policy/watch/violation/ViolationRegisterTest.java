package io.gatehouse.policy.watch.violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.SchemaCheck;
import io.gatehouse.policy.watch.Finding;
import io.gatehouse.policy.watch.FindingSink.Found;
import io.gatehouse.policy.watch.Severity;
import io.gatehouse.policy.watch.alarm.Alarm;
import io.gatehouse.policy.watch.alarm.StoreAlarmRegister;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit calls what is marked with @BeforeEach before each test.
class ViolationRegisterTest {
    private static final Instant NOW = Instant.parse("2026-03-04T08:00:00Z");
    private static final PersonId LI = PersonId.of("li-7");
    private static final PersonId WANG = PersonId.of("wang-3");
    private static final PersonId HEAD = PersonId.of("head");
    private static final PersonId BOARD = PersonId.of("board");

    @TempDir
    Path directory;

    private Instant now = NOW;
    private Store store;
    private StoreVault vault;
    private Ledger ledger;
    private ViolationRegister register;

    @BeforeEach
    void open() throws IOException {
        store = Stores.open("sqlite:" + directory.resolve("violations.db"));
        vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> now);
        ledger = StoreLedger.open(store, vault, "test.example/violations", () -> now);
        ViolationCode code = ViolationCode.read(ViolationCode.template());
        register = ViolationRegister.create(store, vault, code, () -> now, ledger);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    @DisplayName("ATT-18 the ladder of sanctions rises with each violation that stands, and nothing else may follow")
    void ladderRises() throws IOException {
        assertThat(confirm("clocking-for-another", "dismissal")).isEqualTo("violation.sanction");
        assertThat(confirm("clocking-for-another", "written-warning")).isEqualTo("CONFIRMED");
        assertThat(confirm("clocking-for-another", "written-warning")).isEqualTo("violation.sanction");
        assertThat(confirm("clocking-for-another", "suspension")).isEqualTo("CONFIRMED");
        assertThat(confirm("clocking-for-another", "dismissal")).isEqualTo("CONFIRMED");
        assertThat(confirm("clocking-forgotten", "spoken-warning")).isEqualTo("CONFIRMED");
        now = now.plus(Duration.ofDays(400));
        assertThat(confirm("clocking-for-another", "fine"))
                .as("what is long ago counts no more")
                .isEqualTo("CONFIRMED");
    }

    @Test
    @DisplayName("ATT-18 a list of repeat offenders counts what stands, and not what was dismissed or overturned")
    void listsRepeatOffenders() throws IOException {
        confirm("clocking-forgotten", "spoken-warning");
        confirm("clocking-for-another", "fine");
        Violation dismissed = propose("clocking-forgotten", LI);
        register.dismiss(dismissed.id(), HEAD, "the terminal was broken");
        Violation other = propose("clocking-forgotten", WANG);
        register.confirm(other.id(), HEAD, "spoken-warning", "talked to");
        assertThat(register.repeatOffenders(NOW.minusSeconds(1), 2))
                .containsExactly(new Offender(LI, Map.of("clocking-forgotten", 1, "clocking-for-another", 1)));
        assertThat(register.repeatOffenders(NOW.minusSeconds(1), 1)).hasSize(2);
        assertThat(register.repeatOffenders(NOW.plusSeconds(1), 1)).isEmpty();
    }

    @Test
    @DisplayName("ATT-18 a person decides, and neither whom it is about nor who proposed it")
    void isDecidedByAnother() throws IOException {
        Violation violation =
                register.propose("clocking-for-another", LI, now, "seen at the terminal", Optional.of(WANG));
        assertThat(violation.state()).isEqualTo(ViolationState.PROPOSED);
        assertThat(violation.sanction()).isEmpty();
        assertThat(word(register.confirm(violation.id(), LI, "fine", "no"))).isEqualTo("violation.own");
        assertThat(word(register.dismiss(violation.id(), LI, "no"))).isEqualTo("violation.own");
        assertThat(word(register.confirm(violation.id(), WANG, "fine", "yes"))).isEqualTo("violation.proposer");
        assertThat(word(register.confirm(violation.id(), HEAD, "fine", "admitted")))
                .isEqualTo("CONFIRMED");
        assertThat(word(register.dismiss(violation.id(), HEAD, "after all"))).isEqualTo("violation.state");
        assertThat(register.find(violation.id()).orElseThrow().sanction()).contains("fine");
    }

    @Test
    @DisplayName("ATT-8 ATT-18 a decision can be contested in time, and is settled by somebody else")
    void canBeContested() throws IOException {
        Violation violation = propose("clocking-for-another", LI);
        assertThat(word(register.contest(violation.id(), LI, "too early"))).isEqualTo("violation.state");
        register.confirm(violation.id(), HEAD, "fine", "seen");
        assertThat(word(register.contest(violation.id(), WANG, "for li"))).isEqualTo("violation.not-theirs");
        assertThat(word(register.contest(violation.id(), LI, "it was my brother")))
                .isEqualTo("CONTESTED");
        assertThat(word(register.uphold(violation.id(), HEAD, "no"))).isEqualTo("violation.own-decision");
        assertThat(word(register.reduce(violation.id(), BOARD, "dismissal", "no")))
                .isEqualTo("violation.not-milder");
        assertThat(word(register.reduce(violation.id(), BOARD, "written-warning", "first time")))
                .isEqualTo("REDUCED");
        assertThat(register.find(violation.id()).orElseThrow().sanction()).contains("written-warning");

        Violation late = propose("records-forged", LI);
        register.confirm(late.id(), HEAD, "dismissal", "seen");
        now = now.plus(Duration.ofDays(11));
        assertThat(word(register.contest(late.id(), LI, "late"))).isEqualTo("violation.too-late");
    }

    @Test
    @DisplayName("ATT-8 what is overturned no longer counts, and stays on record with every step before it")
    void overturnedNoLongerCounts() throws IOException {
        Violation violation = propose("clocking-for-another", LI);
        register.confirm(violation.id(), HEAD, "fine", "seen");
        register.contest(violation.id(), LI, "was abroad");
        assertThat(word(register.overturn(violation.id(), BOARD, "passport shown")))
                .isEqualTo("OVERTURNED");
        assertThat(register.find(violation.id()).orElseThrow().sanction()).isEmpty();
        assertThat(propose("clocking-for-another", LI).occurrence()).isEqualTo(1);
        assertThat(ledger.entries(0, 100))
                .extracting(entry -> entry.event().kind().value())
                .containsExactly(
                        "violation.proposed",
                        "violation.confirmed",
                        "violation.contested",
                        "violation.overturned",
                        "violation.proposed");
        assertThat(ledger.entries(1, 1).get(0).event().person()).contains(LI);
        assertThat(ledger.entries(1, 1).get(0).event().facts().toString()).doesNotContain("seen", "head");
    }

    @Test
    @DisplayName(
            "REG-15 incomplete registration warns, somebody else's document in a restricted area goes to the authorities")
    void gradesRegistration() throws IOException {
        assertThat(propose("registration-incomplete", LI).allowed()).containsExactly("spoken-warning");
        assertThat(propose("document-of-another", LI).allowed()).containsExactly("report-to-authorities");
    }

    @Test
    @DisplayName("CAM-12 misuse of recordings is graded: passed on, then again, or leaked")
    void gradesMisuseOfRecordings() throws IOException {
        assertThat(propose("recording-passed-on", LI).allowed())
                .containsExactlyInAnyOrder("written-warning", "rights-withdrawn");
        confirm("recording-passed-on", "rights-withdrawn");
        assertThat(propose("recording-passed-on", LI).allowed()).contains("dismissal");
        assertThat(propose("recording-leaked", LI).allowed()).contains("report-to-authorities");
    }

    @Test
    @DisplayName("ATT-18 an alarm proposes what the code says of its rule, once")
    void alarmProposes() throws IOException {
        StoreAlarmRegister alarms = StoreAlarmRegister.create(store, vault, () -> now);
        alarms.take(List.of(
                found("two-places-at-once", Optional.of(LI)),
                found("two-places-at-once", Optional.empty()),
                found("unseen-for-long", Optional.of(LI))));
        for (int i = 0; i < 2; i++) {
            for (Alarm alarm : alarms.list(Set.of(), 10)) {
                register.propose(alarm);
            }
        }
        List<Violation> proposed = register.list(Set.of(ViolationState.PROPOSED), 10);
        assertThat(proposed).extracting(Violation::kind).containsExactly("clocking-for-another");
        assertThat(proposed.get(0).person()).contains(LI);
        assertThat(proposed.get(0).evidence()).contains("watch.too-far-apart");
        assertThat(proposed.get(0).steps().get(0).by()).isEmpty();
    }

    @Test
    void whoWasShreddedIsNoLongerNamed() throws IOException {
        Violation violation = propose("clocking-for-another", LI);
        vault.shred(LI, ViolationRegister.RECORDS);
        Violation left = register.find(violation.id()).orElseThrow();
        assertThat(left.person()).isEmpty();
        assertThat(left.evidence()).isEmpty();
        assertThat(register.about(LI, 10)).isEmpty();
        assertThat(violation.toString()).doesNotContain(LI.value());
    }

    @Test
    @DisplayName(
            "ATT-18 REG-15 CAM-12 the template holds against the published schema, and wrong documents are refused")
    void documentIsHeldToItsSchema() throws IOException {
        SchemaCheck schema = SchemaCheck.of(ViolationCode.schema());
        assertThat(schema.problems(ViolationCode.template())).isEmpty();
        String wrong = """
                version: 1
                contest-within: P10D
                sanctions: [{id: fine, text: Fine}]
                violations:
                  - {id: late, text: Late, grade: %s, within: P1D, ladder: [[%s]]}
                """;
        DocumentSource grade = DocumentSource.of("w.yaml", wrong.formatted("terrible", "fine"));
        assertThat(schema.problems(grade)).isNotEmpty();
        assertThatThrownBy(() -> ViolationCode.read(grade))
                .isInstanceOf(DocumentException.class)
                .hasMessageContainingAll("w.yaml:5", "grade", "minor, serious, grave");
        assertThatThrownBy(() -> ViolationCode.read(DocumentSource.of("w.yaml", wrong.formatted("minor", "prison"))))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("sanction prison");
    }

    private Violation propose(String kind, PersonId person) throws IOException {
        return register.propose(kind, person, now, "what was seen", Optional.empty());
    }

    private String confirm(String kind, String sanction) throws IOException {
        return word(register.confirm(propose(kind, LI).id(), HEAD, sanction, "seen"));
    }

    private static String word(ViolationOutcome outcome) {
        return outcome.fold(violation -> violation.state().name(), Reason::code);
    }

    private static Found found(String rule, Optional<PersonId> person) {
        return new Found(
                new Finding(
                        rule,
                        Severity.CRITICAL,
                        Reason.of("watch.too-far-apart", "The same person was seen far away."),
                        NOW,
                        OptionalLong.of(1),
                        person.map(it -> "pseudonym"),
                        Optional.of(PortalId.of("front")),
                        Optional.empty()),
                person);
    }
}
