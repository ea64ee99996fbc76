package io.gatehouse.policy.watch.violation;

import io.gatehouse.policy.internal.casefile.CaseFile;
import io.gatehouse.policy.internal.casefile.CaseFiles;
import io.gatehouse.policy.internal.casefile.CaseQuery;
import io.gatehouse.policy.internal.casefile.Step;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes violations of their files. Thread-safe. */
final class ViolationReader {
    private final CaseFiles files;
    private final ViolationCode code;

    ViolationReader(CaseFiles files, ViolationCode code) {
        this.files = files;
        this.code = code;
    }

    List<Violation> violations(List<CaseFile> found) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (CaseFile file : found) {
            violations.add(violation(file));
        }
        return List.copyOf(violations);
    }

    Violation violation(CaseFile file) throws IOException {
        Step proposed = file.first();
        String kind = proposed.fact("kind");
        Instant at = Instant.parse(proposed.fact("at"));
        int occurrence = occurrence(file, kind, at);
        Optional<Step> decided = file.steps().stream()
                .filter(step -> step.facts().containsKey("sanction"))
                .reduce((one, other) -> other);
        return new Violation(
                file.id(),
                kind,
                file.person(),
                at,
                occurrence,
                code.kind(kind).map(it -> it.allowed(occurrence)).orElse(Set.of()),
                ViolationState.ofWord(file.index().state()).isStanding()
                        ? decided.map(step -> step.fact("sanction"))
                        : Optional.empty(),
                proposed.personal().getOrDefault("evidence", ""),
                file.steps().stream().map(ViolationReader::step).toList());
    }

    /** By the decision; before that, one more than there are of this kind within its time before. */
    private int occurrence(CaseFile file, String kind, Instant at) throws IOException {
        Optional<Step> decided = file.last(ViolationState.CONFIRMED.word());
        if (decided.isPresent()) {
            return Integer.parseInt(decided.get().fact("occurrence"));
        }
        Optional<ViolationKind> known = code.kind(kind);
        if (file.person().isEmpty() || known.isEmpty()) {
            return 1;
        }
        Instant since = at.minus(known.get().within());
        int before = 0;
        CaseQuery query = CaseQuery.of(ViolationState.standing(), ViolationRegister.MOST)
                .person(file.person().get())
                .topic(kind);
        for (CaseFile other : files.find(query)) {
            Instant when = Instant.parse(other.first().fact("at"));
            before += !other.id().equals(file.id()) && when.isAfter(since) ? 1 : 0;
        }
        return before + 1;
    }

    private static Violation.Step step(Step step) {
        return new Violation.Step(
                ViolationState.ofWord(step.kind()),
                step.at(),
                step.by(),
                step.personal().getOrDefault("note", ""));
    }
}
