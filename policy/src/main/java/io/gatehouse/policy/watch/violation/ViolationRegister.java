package io.gatehouse.policy.watch.violation;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.internal.casefile.CaseFile;
import io.gatehouse.policy.internal.casefile.CaseFile.Index;
import io.gatehouse.policy.internal.casefile.CaseFiles;
import io.gatehouse.policy.internal.casefile.CaseQuery;
import io.gatehouse.policy.internal.casefile.Step;
import io.gatehouse.policy.watch.alarm.Alarm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Violations in tables of their own. Thread-safe, also with several programs on one database. Each step is in the ledger as
 * {@code violation.proposed}, {@code .confirmed} and so on, with the person and all words sealed. Must not be called within a
 * work of the same store.
 *
 * <p>Whom it is about decides nothing, nor does who proposed it; who decided does not settle what is contested. A sanction is
 * one of those that the code allows for the so manieth time, a reduced one is milder.
 */
public final class ViolationRegister {
    /** What the vault keeps a person's violations under. */
    public static final DataClass RECORDS = DataClass.of("violation");

    /** So many are looked through at once. */
    static final int MOST = 10_000;

    private final CaseFiles files;
    private final ViolationCode code;
    private final ViolationReader reader;
    private final InstantSource clock;

    private ViolationRegister(CaseFiles files, ViolationCode code, InstantSource clock) {
        this.files = files;
        this.code = Objects.requireNonNull(code, "code");
        this.reader = new ViolationReader(files, code);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Brings the tables up to date. */
    public static ViolationRegister create(Store store, Vault vault, ViolationCode code, InstantSource clock)
            throws IOException {
        return create(store, vault, code, clock, Optional.empty());
    }

    /** Brings the tables up to date, and into the ledger what an earlier run could not. */
    public static ViolationRegister create(
            Store store, Vault vault, ViolationCode code, InstantSource clock, Ledger ledger) throws IOException {
        return create(store, vault, code, clock, Optional.of(ledger));
    }

    private static ViolationRegister create(
            Store store, Vault vault, ViolationCode code, InstantSource clock, Optional<Ledger> ledger)
            throws IOException {
        CaseFiles files = CaseFiles.create(store, vault, ledger, "policy.watch.violation", "violation", RECORDS);
        return new ViolationRegister(files, code, clock);
    }

    /** Tries again to bring steps into a ledger that failed; every step does so too. True if none waits. */
    public boolean recordPending() {
        return files.recordPending();
    }

    /**
     * Says that there was one.
     *
     * @param kind     the id of a kind of the code
     * @param evidence what shows it, 1 to 2,000 characters
     * @param by       who says so; empty for a rule
     * @throws IllegalArgumentException if the code has no such kind
     */
    public Violation propose(String kind, PersonId person, Instant at, String evidence, Optional<PersonId> by)
            throws IOException {
        return propose(UUID.randomUUID(), kind, person, at, evidence, by);
    }

    /** Proposes what the code says of an alarm, once for each alarm; nothing if it is about nobody known. */
    public List<Violation> propose(Alarm alarm) throws IOException {
        List<Violation> proposed = new ArrayList<>();
        if (alarm.person().isPresent()) {
            for (ViolationKind kind : code.proposedBy(alarm.rule())) {
                String name = "violation\n" + kind.id() + "\n" + alarm.id();
                proposed.add(propose(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        kind.id(),
                        alarm.person().get(),
                        alarm.first(),
                        "alarm " + alarm.id() + ": " + alarm.reason(),
                        Optional.empty()));
            }
        }
        return List.copyOf(proposed);
    }

    private Violation propose(UUID id, String kind, PersonId person, Instant at, String evidence, Optional<PersonId> by)
            throws IOException {
        if (code.kind(kind).isEmpty()) {
            throw new IllegalArgumentException("the code has no violation " + kind);
        }
        if (evidence.isBlank()) {
            throw new IllegalArgumentException("a violation is proposed with what shows it");
        }
        Step step = Step.of(clock.instant(), ViolationState.PROPOSED.word(), by)
                .fact("kind", kind)
                .fact("code-version", Long.toString(code.version()))
                .fact("at", at.toString())
                .personal("evidence", evidence);
        files.begin(id, Optional.of(person), step, Index.of(kind, ViolationState.PROPOSED.word()));
        return find(id).orElseThrow();
    }

    /** Decides that there was one, and what follows. */
    public ViolationOutcome confirm(UUID id, PersonId by, String sanction, String note) throws IOException {
        return step(
                id,
                ViolationState.CONFIRMED,
                by,
                note,
                (violation, steps) -> {
                    Optional<Reason> refusal = decider(violation, by, ViolationState.PROPOSED);
                    return refusal.isPresent() || violation.allowed().contains(sanction)
                            ? refusal
                            : refuse(
                                    "violation.sanction",
                                    "Sanction %s may not follow %s for the %d. time: allowed are %s.",
                                    sanction,
                                    violation.kind(),
                                    violation.occurrence(),
                                    violation.allowed());
                },
                Optional.of(sanction));
    }

    /** Decides that there was none. */
    public ViolationOutcome dismiss(UUID id, PersonId by, String note) throws IOException {
        return step(
                id,
                ViolationState.DISMISSED,
                by,
                note,
                (violation, steps) -> decider(violation, by, ViolationState.PROPOSED),
                Optional.empty());
    }

    /** Whom it is about contests the decision, in time; what follows waits then. */
    public ViolationOutcome contest(UUID id, PersonId by, String reason) throws IOException {
        return step(
                id,
                ViolationState.CONTESTED,
                by,
                reason,
                (violation, steps) -> {
                    if (!violation.person().equals(Optional.of(by))) {
                        return refuse("violation.not-theirs", "Only whom a violation is about can contest it.");
                    }
                    if (violation.state() != ViolationState.CONFIRMED) {
                        return wrongState(violation, ViolationState.CONFIRMED);
                    }
                    Instant until = steps.get(steps.size() - 1).at().plus(code.contestWithin());
                    return clock.instant().isAfter(until)
                            ? refuse("violation.too-late", "The decision could be contested until %s.", until)
                            : Optional.empty();
                },
                Optional.empty());
    }

    /** Settles what was contested: the decision stays. */
    public ViolationOutcome uphold(UUID id, PersonId by, String note) throws IOException {
        return settle(id, ViolationState.UPHELD, by, note, Optional.empty());
    }

    /** Settles what was contested: there was none after all. */
    public ViolationOutcome overturn(UUID id, PersonId by, String note) throws IOException {
        return settle(id, ViolationState.OVERTURNED, by, note, Optional.empty());
    }

    /** Settles what was contested: a milder sanction follows. */
    public ViolationOutcome reduce(UUID id, PersonId by, String sanction, String note) throws IOException {
        return settle(id, ViolationState.REDUCED, by, note, Optional.of(sanction));
    }

    private ViolationOutcome settle(UUID id, ViolationState to, PersonId by, String note, Optional<String> sanction)
            throws IOException {
        return step(
                id,
                to,
                by,
                note,
                (violation, steps) -> {
                    boolean decided = violation.steps().stream()
                            .anyMatch(step -> step.state() == ViolationState.CONFIRMED
                                    && step.by().equals(Optional.of(by)));
                    if (decided) {
                        return refuse(
                                "violation.own-decision",
                                "Somebody else settles what was contested than who decided it.");
                    }
                    int before = violation.sanction().map(code::rank).orElse(-1);
                    if (sanction.isPresent()
                            && (code.rank(sanction.get()) < 0 || code.rank(sanction.get()) >= before)) {
                        return refuse(
                                "violation.not-milder",
                                "Sanction %s is not milder than the one before.",
                                sanction.get());
                    }
                    return decider(violation, by, ViolationState.CONTESTED);
                },
                sanction);
    }

    /** Why somebody may not decide, if they may not. */
    private static Optional<Reason> decider(Violation violation, PersonId by, ViolationState state) {
        if (violation.state() != state) {
            return wrongState(violation, state);
        }
        if (violation.person().equals(Optional.of(by))) {
            return refuse("violation.own", "Nobody decides about themselves.");
        }
        return violation.steps().get(0).by().equals(Optional.of(by))
                ? refuse("violation.proposer", "Somebody else decides than who proposed it.")
                : Optional.empty();
    }

    private static Optional<Reason> wrongState(Violation violation, ViolationState state) {
        return refuse("violation.state", "The violation is %s, not %s.", violation.state(), state);
    }

    private static Optional<Reason> refuse(String reasonCode, String format, Object... arguments) {
        return Optional.of(Reason.format(reasonCode, format, arguments));
    }

    @FunctionalInterface
    private interface Check {
        Optional<Reason> refusal(Violation violation, List<Step> steps);
    }

    private ViolationOutcome step(
            UUID id, ViolationState to, PersonId by, String note, Check check, Optional<String> sanction)
            throws IOException {
        if (note.isBlank()) {
            throw new IllegalArgumentException("a violation is dealt with in words that say why");
        }
        while (true) {
            CaseFile file =
                    files.find(id).orElseThrow(() -> new IllegalArgumentException("there is no violation " + id));
            Violation violation = reader.violation(file);
            Optional<Reason> refusal = check.refusal(violation, file.steps());
            if (refusal.isPresent()) {
                return new ViolationOutcome.Refused(refusal.get());
            }
            Step step = Step.of(clock.instant(), to.word(), Optional.of(by)).personal("note", note);
            if (sanction.isPresent()) {
                step = step.fact("sanction", sanction.get())
                        .fact("occurrence", Integer.toString(violation.occurrence()));
            }
            if (files.append(file, step, Index.of(file.index().topic(), to.word()))) {
                return new ViolationOutcome.Done(find(id).orElseThrow());
            }
        }
    }

    /** The violation with this id. */
    public Optional<Violation> find(UUID id) throws IOException {
        Optional<CaseFile> file = files.find(id);
        return file.isEmpty() ? Optional.empty() : Optional.of(reader.violation(file.get()));
    }

    /** Violations in these states, or in any if there are none, the newest first. */
    public List<Violation> list(Set<ViolationState> states, int limit) throws IOException {
        Set<String> words = new HashSet<>();
        states.forEach(state -> words.add(state.word()));
        return reader.violations(files.find(CaseQuery.of(words, limit)));
    }

    /** Violations of somebody, the newest first. */
    public List<Violation> about(PersonId person, int limit) throws IOException {
        return reader.violations(files.find(CaseQuery.of(Set.of(), limit).person(person)));
    }

    /**
     * Who has at least so many violations that stand, the most first, among the 10,000 newest since a time.
     *
     * @param since proposed at this time or later
     */
    public List<Offender> repeatOffenders(Instant since, int atLeast) throws IOException {
        Map<PersonId, Map<String, Integer>> counts = new HashMap<>();
        for (CaseFile file :
                files.find(CaseQuery.of(ViolationState.standing(), MOST).since(since))) {
            file.person()
                    .ifPresent(person -> counts.computeIfAbsent(person, who -> new HashMap<>())
                            .merge(file.index().topic(), 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .map(each -> new Offender(each.getKey(), each.getValue()))
                .filter(offender -> offender.count() >= atLeast)
                .sorted(Comparator.comparingInt(Offender::count).reversed().thenComparing(Offender::person))
                .toList();
    }
}
