package io.gatehouse.policy.watch.alarm;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.internal.casefile.CaseFile;
import io.gatehouse.policy.internal.casefile.CaseFile.Index;
import io.gatehouse.policy.internal.casefile.CaseFiles;
import io.gatehouse.policy.internal.casefile.CaseQuery;
import io.gatehouse.policy.internal.casefile.Step;
import io.gatehouse.policy.watch.Finding;
import io.gatehouse.policy.watch.Severity;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Alarms in tables of their own. Thread-safe. Findings of one ledger are taken by one program; any number may acknowledge,
 * resolve and list. Must not be called within a work of the same store.
 *
 * <p>The tables name nobody: in the place of a person stands a pseudonym that only the vault can tell, and notes are sealed.
 * Shredding a person's {@link #RECORDS} leaves that there was an alarm of this rule at that time, and how it ended.
 */
public final class StoreAlarmRegister implements AlarmRegister {
    /** What the vault keeps alarms about a person under. */
    public static final DataClass RECORDS = DataClass.of("alarm");

    private static final Set<String> OPEN = Set.of(AlarmState.RAISED.word(), AlarmState.ACKNOWLEDGED.word());

    private final CaseFiles files;
    private final FindingTables findings;
    private final InstantSource clock;

    private StoreAlarmRegister(CaseFiles files, FindingTables findings, InstantSource clock) {
        this.files = files;
        this.findings = findings;
        this.clock = clock;
    }

    /** Brings the tables up to date. */
    public static StoreAlarmRegister create(Store store, Vault vault, InstantSource clock) throws IOException {
        return create(store, vault, clock, Optional.empty());
    }

    /** Brings the tables up to date, and into the ledger what an earlier run could not. */
    public static StoreAlarmRegister create(Store store, Vault vault, InstantSource clock, Ledger ledger)
            throws IOException {
        return create(store, vault, clock, Optional.of(ledger));
    }

    private static StoreAlarmRegister create(Store store, Vault vault, InstantSource clock, Optional<Ledger> ledger)
            throws IOException {
        CaseFiles files =
                CaseFiles.create(store, vault, ledger, "policy.watch.alarm", "alarm", RECORDS, FindingTables.SCRIPT);
        return new StoreAlarmRegister(files, new FindingTables(store), Objects.requireNonNull(clock, "clock"));
    }

    /** Tries again to bring steps into a ledger that failed; every step does so too. True if none waits. */
    public boolean recordPending() {
        return files.recordPending();
    }

    @Override
    public synchronized void take(List<Found> found) throws IOException {
        Set<UUID> known =
                findings.known(found.stream().map(each -> each.finding().id()).collect(Collectors.toSet()));
        for (Found each : found) {
            if (known.add(each.finding().id())) {
                take(each);
            }
        }
    }

    /** The alarm first, then that the finding counts for it: whatever dies in between, it counts once when it comes again. */
    private void take(Found found) throws IOException {
        Finding finding = found.finding();
        String topic = topic(found);
        CaseQuery open = CaseQuery.of(OPEN, 1).topic(topic);
        List<CaseFile> same = files.find(found.person().map(open::person).orElse(open));
        UUID alarm = same.isEmpty() ? finding.id() : same.get(0).id();
        if (same.isEmpty()) {
            files.begin(alarm, found.person(), raised(finding), Index.of(topic, AlarmState.RAISED.word()));
        }
        findings.count(finding, alarm);
    }

    /** What is the same in all findings of one alarm, without a person. */
    private static String topic(Found found) {
        Finding finding = found.finding();
        if (found.person().isPresent()) {
            return finding.rule() + " person";
        }
        return finding.rule() + " "
                + finding.subject()
                        .orElse(finding.portal().map(PortalId::value).orElse("") + " "
                                + finding.zone().map(ZoneCode::value).orElse(""));
    }

    private Step raised(Finding finding) {
        Step step = Step.of(clock.instant(), AlarmState.RAISED.word(), Optional.empty())
                .fact("rule", finding.rule())
                .fact("severity", finding.severity().name())
                .fact("reason", finding.reason().code())
                .fact("text", finding.reason().text())
                .fact("first", finding.at().toString());
        if (finding.portal().isPresent()) {
            step = step.fact("portal", finding.portal().get().value());
        }
        if (finding.zone().isPresent()) {
            step = step.fact("zone", finding.zone().get().value());
        }
        return finding.entry().isPresent()
                ? step.fact("entry", Long.toString(finding.entry().getAsLong()))
                : step;
    }

    @Override
    public boolean acknowledge(UUID alarm, PersonId by, String note) throws IOException {
        return step(alarm, AlarmState.ACKNOWLEDGED, by, note);
    }

    @Override
    public boolean resolve(UUID alarm, PersonId by, String note) throws IOException {
        if (note.isBlank()) {
            throw new IllegalArgumentException("an alarm is resolved with a note of what it was and what was done");
        }
        return step(alarm, AlarmState.RESOLVED, by, note);
    }

    private boolean step(UUID alarm, AlarmState to, PersonId by, String note) throws IOException {
        while (true) {
            CaseFile file =
                    files.find(alarm).orElseThrow(() -> new IllegalArgumentException("there is no alarm " + alarm));
            AlarmState state = AlarmState.ofWord(file.index().state());
            if (state.compareTo(to) >= 0) {
                return false;
            }
            Step step = Step.of(clock.instant(), to.word(), Optional.of(by)).personal("note", note);
            if (files.append(file, step, Index.of(file.index().topic(), to.word()))) {
                return true;
            }
        }
    }

    @Override
    public Optional<Alarm> find(UUID alarm) throws IOException {
        Optional<CaseFile> file = files.find(alarm);
        return file.isEmpty() ? Optional.empty() : Optional.of(alarm(file.get()));
    }

    @Override
    public List<Alarm> list(Set<AlarmState> states, int limit) throws IOException {
        Set<String> words = states.stream().map(AlarmState::word).collect(Collectors.toSet());
        return alarms(files.find(CaseQuery.of(words, limit)));
    }

    @Override
    public List<Alarm> about(PersonId person, int limit) throws IOException {
        return alarms(files.find(CaseQuery.of(Set.of(), limit).person(person)));
    }

    private List<Alarm> alarms(List<CaseFile> files) throws IOException {
        List<Alarm> alarms = new ArrayList<>();
        for (CaseFile file : files) {
            alarms.add(alarm(file));
        }
        return List.copyOf(alarms);
    }

    private Alarm alarm(CaseFile file) throws IOException {
        Step raised = file.first();
        FindingTables.Counted counted = findings.counted(file.id());
        Instant first = Instant.parse(raised.fact("first"));
        return new Alarm(
                file.id(),
                raised.fact("rule"),
                Severity.valueOf(raised.fact("severity")),
                Reason.of(raised.fact("reason"), raised.fact("text")),
                first,
                counted.latest().filter(first::isBefore).orElse(first),
                Math.max(1, counted.count()),
                file.person(),
                Optional.ofNullable(raised.facts().get("portal")).map(PortalId::of),
                Optional.ofNullable(raised.facts().get("zone")).map(ZoneCode::of),
                raised.facts().containsKey("entry")
                        ? OptionalLong.of(Long.parseLong(raised.fact("entry")))
                        : OptionalLong.empty(),
                file.steps().stream().map(StoreAlarmRegister::step).toList());
    }

    private static AlarmStep step(Step step) {
        return new AlarmStep(
                AlarmState.ofWord(step.kind()),
                step.at(),
                step.by(),
                step.personal().getOrDefault("note", ""));
    }
}
