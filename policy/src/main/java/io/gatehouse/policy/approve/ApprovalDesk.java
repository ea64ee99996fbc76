package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.approve.Assigner.Assigned;
import io.gatehouse.policy.approve.Assigner.Outlook;
import io.gatehouse.policy.approve.Progress.Open;
import io.gatehouse.policy.approve.RequestFiles.Proposal;
import io.gatehouse.policy.approve.chain.Chain;
import io.gatehouse.policy.approve.chain.ChainStep.Work;
import io.gatehouse.policy.approve.chain.Organisation;
import io.gatehouse.policy.approve.chain.WorkCalendar;
import io.gatehouse.policy.internal.casefile.CaseFile;
import io.gatehouse.policy.internal.casefile.CaseFiles;
import io.gatehouse.policy.internal.casefile.CaseQuery;
import io.gatehouse.policy.internal.casefile.Step;
import io.gatehouse.policy.internal.form.Answers;
import io.gatehouse.policy.internal.form.Forms;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes requests and what is said about them, in tables of its own. Thread-safe, also with several programs on one database: a
 * word counts only if it was said knowing every word before it, or it is looked at again. Must not be called within a work of the
 * same store.
 *
 * <p>The tables name nobody: people, forms and words are sealed under the requester's key. Shredding a requester's
 * {@link #RECORDS} leaves that there was a request of this chain, its states and times; the desk no longer finds it.
 */
public final class ApprovalDesk {
    /** What the vault keeps a person's requests under. */
    public static final DataClass RECORDS = DataClass.of("approval");

    private static final int MOST = 10_000;

    private final CaseFiles cases;
    private final RequestFiles files;
    private final Chains chains;
    private final Assigner assigner;
    private final WorkCalendar calendar;
    private final InstantSource clock;

    private ApprovalDesk(
            CaseFiles cases, Chains chains, Organisation organisation, WorkCalendar calendar, InstantSource clock) {
        this.cases = cases;
        this.chains = chains;
        this.assigner = new Assigner(Objects.requireNonNull(organisation, "organisation"), calendar);
        this.calendar = Objects.requireNonNull(calendar, "calendar");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.files = new RequestFiles(cases, chains, assigner, calendar, clock);
    }

    /** A desk that records nothing in a ledger; see the other. */
    public static ApprovalDesk create(
            Store store,
            Vault vault,
            Collection<Chain> chains,
            Organisation organisation,
            WorkCalendar calendar,
            InstantSource clock)
            throws IOException {
        return create(store, vault, chains, organisation, calendar, clock, Optional.empty());
    }

    /**
     * Brings the tables up to date, and into the ledger what an earlier run could not.
     *
     * @param chains every version that a request is still open by; new requests are made by the newest
     */
    public static ApprovalDesk create(
            Store store,
            Vault vault,
            Collection<Chain> chains,
            Organisation organisation,
            WorkCalendar calendar,
            InstantSource clock,
            Ledger ledger)
            throws IOException {
        return create(store, vault, chains, organisation, calendar, clock, Optional.of(ledger));
    }

    private static ApprovalDesk create(
            Store store,
            Vault vault,
            Collection<Chain> chains,
            Organisation organisation,
            WorkCalendar calendar,
            InstantSource clock,
            Optional<Ledger> ledger)
            throws IOException {
        CaseFiles files = CaseFiles.create(store, vault, ledger, "policy.approve", "approval", RECORDS);
        return new ApprovalDesk(files, new Chains(chains), organisation, calendar, clock);
    }

    /** Tries again to bring steps into a ledger that failed; every step does so too. True if none waits. */
    public boolean recordPending() {
        return cases.recordPending();
    }

    /**
     * Makes a request by the newest version of a chain.
     *
     * @param form      what was filled in, as JSON
     * @param documents the documents that come with it, by name: the SHA-256 of each, in lower-case hex
     * @throws IllegalArgumentException if there is no such chain
     */
    public ApprovalOutcome submit(String chain, PersonId requester, String form, Map<String, String> documents)
            throws IOException {
        return submit(UUID.randomUUID(), chain, requester, form, documents);
    }

    /** As {@link #submit(String, PersonId, String, Map)}, once for each id: the same again finds the request as it stands. */
    public ApprovalOutcome submit(UUID id, String chain, PersonId requester, String form, Map<String, String> documents)
            throws IOException {
        Chain by = chains.newest(chain);
        Optional<Reason> refusal = Submissions.refusal(by, form, documents);
        if (refusal.isPresent()) {
            return refused(refusal);
        }
        Instant now = clock.instant();
        Progress progress = Progress.begin(by, requester, Answers.read(form).orElseThrow(), calendar, now);
        Outlook outlook = assigner.outlook(progress, now);
        if (!outlook.impossible().isEmpty()) {
            return refused(Submissions.nobody(outlook));
        }
        Set<PersonId> informed = assigner.named(by.inform(), requester, progress.answers);
        Step step = Submissions.step(Words.SUBMITTED, by, requester, now, form, documents, outlook, informed)
                .fact("state", progress.state().word());
        files.begin(id, step, progress);
        return done(id);
    }

    /** Submits what was sent back again, changed or not; every step begins anew. */
    public ApprovalOutcome resubmit(UUID request, PersonId by, String form, Map<String, String> documents)
            throws IOException {
        return step(request, (file, progress, now) -> {
            Optional<Reason> refusal = requester(file, by, Set.of(RequestState.RETURNED))
                    .or(() -> Submissions.refusal(progress.chain, form, documents));
            if (refusal.isPresent()) {
                return Proposal.refused(refusal.get());
            }
            Progress anew =
                    Progress.begin(progress.chain, by, Answers.read(form).orElseThrow(), calendar, now);
            Outlook outlook = assigner.outlook(anew, now);
            if (!outlook.impossible().isEmpty()) {
                return Proposal.refused(Submissions.nobody(outlook).orElseThrow());
            }
            Set<PersonId> informed = assigner.named(progress.chain.inform(), by, anew.answers);
            return Proposal.of(
                    Submissions.step(Words.RESUBMITTED, progress.chain, by, now, form, documents, outlook, informed));
        });
    }

    /** Takes a request back, before it is decided. */
    public ApprovalOutcome cancel(UUID request, PersonId by, String reason) throws IOException {
        return step(request, (file, progress, now) -> {
            Optional<Reason> refusal = requester(file, by, Set.of(RequestState.PENDING, RequestState.RETURNED));
            return refusal.map(Proposal::refused)
                    .orElseGet(() -> Proposal.of(
                            Step.of(now, Words.CANCELLED, Optional.of(by)).personal("note", reason)));
        });
    }

    /**
     * Says yes or no to a step, or sends the request back.
     *
     * @param step the id of a step that asks for approval
     * @param note in their words, at most 2,000 characters; not empty unless it is a yes
     */
    public ApprovalOutcome vote(UUID request, String step, PersonId by, Vote vote, String note) throws IOException {
        if (vote != Vote.APPROVE && note.isBlank()) {
            throw new IllegalArgumentException("who refuses or returns a request says why");
        }
        return step(request, (file, progress, now) -> {
            Optional<Open> open = progress.open(step).filter(it -> it.step().work() == Work.APPROVE);
            if (open.isEmpty() || !isOpen(file)) {
                return Proposal.refused(Refusals.notOpen(file, step, "approval"));
            }
            Assigned assigned = assigner.assigned(progress, open.get(), now);
            Optional<Reason> refusal = Refusals.vote(progress, assigned, by);
            return refusal.map(Proposal::refused)
                    .orElseGet(() -> Proposal.of(
                            Votes.step(open.get(), assigned, by, vote, now).personal("note", note)));
        });
    }

    /**
     * Records what was done for a step.
     *
     * @param step the id of a step that asks for a record
     * @param form what was filled in, as JSON
     */
    public ApprovalOutcome record(UUID request, String step, PersonId by, String form) throws IOException {
        return step(request, (file, progress, now) -> {
            Optional<Open> open = progress.open(step).filter(it -> it.step().work() == Work.RECORD);
            if (open.isEmpty() || !isOpen(file)) {
                return Proposal.refused(Refusals.notOpen(file, step, "a record"));
            }
            Assigned assigned = assigner.assigned(progress, open.get(), now);
            if (!assigned.people().contains(by)) {
                return Proposal.refused(Refusals.notThem(step));
            }
            List<String> problems =
                    Forms.of(open.get().step().form().orElseThrow()).problems(form);
            return problems.isEmpty()
                    ? Proposal.of(Step.of(now, Words.RECORDED, Optional.of(by))
                            .fact("step", step)
                            .fact("settles", Votes.PASSED)
                            .body(form))
                    : Proposal.refused(Submissions.wrong(problems));
        });
    }

    /**
     * Puts a request in force at once. It is confirmed, or revoked, by all its steps afterwards; who signed is not asked
     * again.
     *
     * @param reason why it cannot wait
     */
    public ApprovalOutcome signEmergency(UUID request, PersonId by, String reason) throws IOException {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("who signs for an emergency says why it cannot wait");
        }
        return step(request, (file, progress, now) -> {
            Optional<Reason> refusal =
                    Refusals.emergency(file, progress, by, emergency -> assigner.signers(progress, emergency, now));
            return refusal.map(Proposal::refused)
                    .orElseGet(() -> Proposal.of(
                            Step.of(now, Words.EMERGENCY, Optional.of(by)).personal("note", reason)));
        });
    }

    /** The request with this id; empty also if its requester was shredded. */
    public Optional<ApprovalRequest> find(UUID request) throws IOException {
        return files.find(request);
    }

    /** Requests that somebody made, the newest first. */
    public List<ApprovalRequest> madeBy(PersonId requester, int limit) throws IOException {
        return files.find(CaseQuery.of(Set.of(), limit).person(requester));
    }

    /** What somebody may do now, of the 10,000 newest requests that are open. */
    public List<ApprovalTask> tasks(PersonId person) throws IOException {
        return tasks(CaseQuery.of(RequestState.open(), MOST)).stream()
                .filter(task -> task.people().contains(person))
                .toList();
    }

    /**
     * What is due by a time, the longest due first: for reminders, and with the time that it is now, what is overdue.
     *
     * @param limit of at most so many requests, 1 to 10,000
     */
    public List<ApprovalTask> dueBy(Instant time, int limit) throws IOException {
        return tasks(CaseQuery.of(RequestState.open(), limit).dueBy(time)).stream()
                .filter(task -> task.due().filter(due -> !due.isAfter(time)).isPresent())
                .toList();
    }

    /**
     * What nobody can do now, neither those who are asked nor the fallback: of the 10,000 newest requests that are open. Such
     * a step was not to be foreseen when the request was made, for people left, or decided about another step meanwhile.
     */
    public List<ApprovalTask> stuck() throws IOException {
        return tasks(CaseQuery.of(RequestState.open(), MOST)).stream()
                .filter(task -> task.people().isEmpty())
                .toList();
    }

    private List<ApprovalTask> tasks(CaseQuery query) throws IOException {
        return files.find(query).stream().flatMap(it -> it.tasks().stream()).toList();
    }

    private static boolean isOpen(CaseFile file) {
        return RequestState.ofWord(file.index().state()).isOpen();
    }

    private static Optional<Reason> requester(CaseFile file, PersonId by, Set<RequestState> states) {
        RequestState state = RequestState.ofWord(file.index().state());
        if (!file.person().equals(Optional.of(by))) {
            return Optional.of(Reason.of("approve.not-theirs", "Only who made a request can do that."));
        }
        return states.contains(state) ? Optional.empty() : Optional.of(Refusals.state(state));
    }

    private ApprovalOutcome step(UUID request, RequestFiles.Saying saying) throws IOException {
        Optional<Reason> refusal = files.step(request, saying);
        return refusal.isPresent() ? refused(refusal) : done(request);
    }

    private ApprovalOutcome done(UUID request) throws IOException {
        return new ApprovalOutcome.Done(find(request).orElseThrow());
    }

    private static ApprovalOutcome refused(Optional<Reason> reason) {
        return new ApprovalOutcome.Refused(reason.orElseThrow());
    }
}
