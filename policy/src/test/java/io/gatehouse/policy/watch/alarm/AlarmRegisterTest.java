package io.gatehouse.policy.watch.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.watch.Finding;
import io.gatehouse.policy.watch.FindingSink.Found;
import io.gatehouse.policy.watch.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmRegisterTest {
    private static final Instant NOW = Instant.parse("2026-03-04T08:00:00Z");
    private static final PersonId LI = PersonId.of("li-7");
    private static final PersonId GUARD = PersonId.of("guard-zhao");

    @TempDir
    Path directory;

    @Test
    @DisplayName(
            "REG-6 REG-10 an alarm is raised, acknowledged and resolved, with who and note, and survives a restart")
    void hasALife() throws IOException {
        Alarm raised;
        try (Store store = open()) {
            AlarmRegister alarms = register(store);
            alarms.take(List.of(found("often", Optional.of(LI), 0)));
            raised = alarms.list(Set.of(AlarmState.RAISED), 10).get(0);
            assertThat(raised.state()).isEqualTo(AlarmState.RAISED);
            assertThat(raised.person()).contains(LI);
            assertThat(raised.first()).isEqualTo(NOW);
            assertThat(raised.severity()).isEqualTo(Severity.WARNING);
            assertThat(raised.entry()).hasValue(0);
            assertThat(alarms.acknowledge(raised.id(), GUARD, "on my way")).isTrue();
            assertThat(alarms.acknowledge(raised.id(), LI, "me too")).isFalse();
        }
        try (Store store = open()) {
            AlarmRegister alarms = register(store);
            assertThatThrownBy(() -> alarms.resolve(raised.id(), GUARD, " ")).hasMessageContaining("with a note");
            assertThat(alarms.resolve(raised.id(), GUARD, "was a test")).isTrue();
            assertThat(alarms.resolve(raised.id(), GUARD, "again")).isFalse();
            assertThat(alarms.acknowledge(raised.id(), GUARD, "late")).isFalse();
            Alarm resolved = alarms.find(raised.id()).orElseThrow();
            assertThat(resolved.steps())
                    .extracting(AlarmStep::state)
                    .containsExactly(AlarmState.RAISED, AlarmState.ACKNOWLEDGED, AlarmState.RESOLVED);
            assertThat(resolved.steps().get(1).by()).contains(GUARD);
            assertThat(resolved.steps().get(2).note()).isEqualTo("was a test");
            assertThat(alarms.list(Set.of(AlarmState.RAISED, AlarmState.ACKNOWLEDGED), 10))
                    .isEmpty();
            assertThat(alarms.about(LI, 10)).containsExactly(resolved);
        }
    }

    @Test
    @DisplayName("REG-6 what is found again while the alarm is open counts for it; afterwards it raises another")
    void countsTheSame() throws IOException {
        try (Store store = open()) {
            AlarmRegister alarms = register(store);
            List<Found> found = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                found.add(found("often", Optional.of(LI), i));
            }
            alarms.take(found);
            alarms.take(found);
            alarms.take(List.of(found("often", Optional.of(GUARD), 9), found("forced", Optional.empty(), 10)));
            List<Alarm> open = alarms.list(Set.of(AlarmState.RAISED), 10);
            assertThat(open).hasSize(3);
            Alarm often = alarms.about(LI, 10).get(0);
            assertThat(often.count()).isEqualTo(5);
            assertThat(often.latest()).isEqualTo(NOW.plusSeconds(4));
            alarms.resolve(often.id(), GUARD, "talked to");
            alarms.take(found);
            assertThat(alarms.about(LI, 10))
                    .as("findings that were taken before raise nothing")
                    .hasSize(1);
            alarms.take(List.of(found("often", Optional.of(LI), 20)));
            assertThat(alarms.about(LI, 10)).hasSize(2);
        }
    }

    @Test
    @DisplayName("REG-10 every step is in the ledger, with no person and no note in clear there or in the tables")
    void isInTheLedgerAndNamesNobody() throws IOException {
        try (Store store = open()) {
            StoreVault vault = vault(store);
            Ledger ledger = StoreLedger.open(store, vault, "test.example/alarms", () -> NOW);
            AlarmRegister alarms = StoreAlarmRegister.create(store, vault, () -> NOW, ledger);
            alarms.take(List.of(found("often", Optional.of(LI), 0), found("forced", Optional.empty(), 1)));
            for (Alarm alarm : alarms.list(Set.of(AlarmState.RAISED), 10)) {
                alarms.resolve(alarm.id(), GUARD, "the note of the guard");
            }
            List<LedgerEntry> entries = ledger.entries(0, 100);
            assertThat(entries)
                    .extracting(entry -> entry.event().kind().value())
                    .containsExactly("alarm.raised", "alarm.raised", "alarm.resolved", "alarm.resolved");
            assertThat(entries.get(0).event().person()).contains(LI);
            assertThat(entries).filteredOn(entry -> entry.index() >= 2).allSatisfy(entry -> {
                assertThat(entry.event().personalFacts()).containsEntry("note", "the note of the guard");
                assertThat(entry.event().facts().toString()).doesNotContain("note", "zhao");
            });
            for (String table : List.of("alarm_case", "alarm_step", "alarm_finding")) {
                assertThat(bytes(store, table)).as(table).doesNotContain(LI.value(), GUARD.value(), "the note");
            }
        }
    }

    @Test
    void whoWasShreddedIsNoLongerNamedButTheAlarmStays() throws IOException {
        try (Store store = open()) {
            StoreVault vault = vault(store);
            AlarmRegister alarms = StoreAlarmRegister.create(store, vault, () -> NOW);
            alarms.take(List.of(found("often", Optional.of(LI), 0)));
            vault.shred(LI, StoreAlarmRegister.RECORDS);
            Alarm alarm = alarms.list(Set.of(AlarmState.RAISED), 10).get(0);
            assertThat(alarm.person()).isEmpty();
            assertThat(alarm.rule()).isEqualTo("often");
            assertThat(alarms.resolve(alarm.id(), GUARD, "over")).isTrue();
            alarms.take(List.of(found("often", Optional.of(LI), 5)));
            assertThat(alarms.about(LI, 10)).hasSize(1);
        }
    }

    static Found found(String rule, Optional<PersonId> person, int second) {
        return new Found(
                new Finding(
                        rule,
                        Severity.WARNING,
                        Reason.of("watch.many-passages", "The same person passed 3 times."),
                        NOW.plusSeconds(second),
                        OptionalLong.of(second),
                        person.map(it -> "pseudonym-of-" + it.value().length()),
                        Optional.of(PortalId.of("front")),
                        Optional.of(ZoneCode.of("house"))),
                person);
    }

    private static String bytes(Store store, String table) throws IOException {
        return store.read(connection -> {
            StringBuilder all = new StringBuilder();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        byte[] value = rows.getBytes(i);
                        all.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1));
                    }
                }
            }
            return all.toString();
        });
    }

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("alarms.db");
    }

    private Store open() throws IOException {
        return Stores.open(url());
    }

    private StoreVault vault(Store store) throws IOException {
        return StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> NOW);
    }

    private AlarmRegister register(Store store) throws IOException {
        return StoreAlarmRegister.create(store, vault(store), () -> NOW);
    }
}
