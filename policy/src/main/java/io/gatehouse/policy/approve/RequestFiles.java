package io.gatehouse.policy.approve;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.approve.chain.WorkCalendar;
import io.gatehouse.policy.internal.casefile.CaseFile;
import io.gatehouse.policy.internal.casefile.CaseFile.Index;
import io.gatehouse.policy.internal.casefile.CaseFiles;
import io.gatehouse.policy.internal.casefile.CaseQuery;
import io.gatehouse.policy.internal.casefile.Step;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The files of requests, each read with where it stands in its chain. Thread-safe. */
final class RequestFiles {
    private final CaseFiles files;
    private final Chains chains;
    private final Assigner assigner;
    private final WorkCalendar calendar;
    private final InstantSource clock;

    RequestFiles(CaseFiles files, Chains chains, Assigner assigner, WorkCalendar calendar, InstantSource clock) {
        this.files = files;
        this.chains = chains;
        this.assigner = assigner;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** A step that is to be taken, or why it is not. */
    record Proposal(Optional<Step> step, Optional<Reason> refusal) {
        static Proposal of(Step step) {
            return new Proposal(Optional.of(step), Optional.empty());
        }

        static Proposal refused(Reason reason) {
            return new Proposal(Optional.empty(), Optional.of(reason));
        }
    }

    /** What somebody says about a request as it stands. */
    @FunctionalInterface
    interface Saying {
        Proposal about(CaseFile file, Progress progress, Instant now);
    }

    /** Nothing if there is a request with this id. */
    void begin(UUID id, Step submitted, Progress progress) throws IOException {
        files.begin(id, Optional.of(progress.requester), submitted, index(progress, progress.state()));
    }

    /** Takes a step, unless it is refused. Whoever was too late is asked again, knowing what came in between. */
    Optional<Reason> step(UUID request, Saying saying) throws IOException {
        while (true) {
            CaseFile file = files.find(request)
                    .filter(found -> found.person().isPresent())
                    .orElseThrow(() -> new IllegalArgumentException("there is no request " + request));
            Proposal proposal = saying.about(file, progress(file), clock.instant());
            if (proposal.step().isEmpty()) {
                return proposal.refusal();
            }
            Step step = proposal.step().get();
            List<Step> steps = new ArrayList<>(file.steps());
            steps.add(step);
            Progress after = progress(new CaseFile(file.id(), file.person(), file.index(), steps));
            RequestState state = switch (step.kind()) {
                case Words.CANCELLED -> RequestState.CANCELLED;
                case Words.RETURNED -> RequestState.RETURNED;
                default -> after.state();
            };
            if (files.append(file, step.fact("state", state.word()), index(after, state))) {
                return Optional.empty();
            }
        }
    }

    /** Empty also if the requester was shredded. */
    Optional<ApprovalRequest> find(UUID request) throws IOException {
        return files.find(request)
                .filter(file -> file.person().isPresent())
                .map(file -> request(file, clock.instant()));
    }

    List<ApprovalRequest> find(CaseQuery query) throws IOException {
        Instant now = clock.instant();
        return files.find(query).stream()
                .filter(file -> file.person().isPresent())
                .map(file -> request(file, now))
                .toList();
    }

    private ApprovalRequest request(CaseFile file, Instant now) {
        return Readings.request(file, progress(file), assigner, now);
    }

    private Progress progress(CaseFile file) {
        return Progress.of(chains.of(file), file, calendar);
    }

    private static Index index(Progress progress, RequestState state) {
        return new Index(progress.chain.id(), state.word(), state.isOpen() ? progress.due() : Optional.empty());
    }
}
