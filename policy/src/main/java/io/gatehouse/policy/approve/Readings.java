package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.approve.ApprovalRequest.Entry;
import io.gatehouse.policy.approve.Assigner.Assigned;
import io.gatehouse.policy.approve.Progress.Open;
import io.gatehouse.policy.internal.casefile.CaseFile;
import io.gatehouse.policy.internal.casefile.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes what users see of a request's file. */
final class Readings {
    private Readings() {}

    static ApprovalRequest request(CaseFile file, Progress progress, Assigner assigner, Instant now) {
        Step submitted = file.steps().stream()
                .filter(step -> step.kind().endsWith(Words.SUBMITTED))
                .reduce((one, other) -> other)
                .orElseThrow();
        RequestState state = RequestState.ofWord(file.index().state());
        return new ApprovalRequest(
                file.id(),
                progress.chain.id(),
                progress.chain.version(),
                progress.requester,
                state,
                submitted.body(),
                documents(submitted),
                progress.chain.terms(),
                informed(submitted),
                words(submitted.fact("fallbacks")),
                state.isOpen() ? tasks(file, progress, assigner, now) : List.of(),
                file.steps().stream()
                        .map(step -> entry(step, progress.requester))
                        .toList());
    }

    private static Set<String> words(String listed) {
        return Arrays.stream(listed.split(",")).filter(word -> !word.isEmpty()).collect(Collectors.toSet());
    }

    private static Set<PersonId> informed(Step submitted) {
        return submitted.personal().entrySet().stream()
                .filter(fact -> fact.getKey().startsWith(Submissions.INFORMED))
                .flatMap(fact -> words(fact.getValue()).stream())
                .map(PersonId::of)
                .collect(Collectors.toSet());
    }

    private static Map<String, String> documents(Step submitted) {
        Map<String, String> documents = new TreeMap<>();
        submitted.personal().forEach((name, value) -> {
            if (name.startsWith(Submissions.DOCUMENT)) {
                documents.put(name.substring(Submissions.DOCUMENT.length()), value);
            }
        });
        return documents;
    }

    private static List<ApprovalTask> tasks(CaseFile file, Progress progress, Assigner assigner, Instant now) {
        List<ApprovalTask> tasks = new ArrayList<>();
        for (Open open : progress.open) {
            Assigned assigned = assigner.assigned(progress, open, now);
            tasks.add(new ApprovalTask(
                    file.id(),
                    progress.chain.id(),
                    open.step().id(),
                    open.step().work(),
                    assigned.people(),
                    open.due(),
                    open.due().filter(due -> !now.isBefore(due)).isPresent(),
                    !assigned.fallback().isEmpty()));
        }
        return tasks;
    }

    private static Entry entry(Step step, PersonId requester) {
        return new Entry(
                step.at(),
                step.kind(),
                Optional.ofNullable(step.facts().get("step")),
                step.by().orElse(requester),
                step.personal().getOrDefault("note", ""),
                step.body());
    }
}
