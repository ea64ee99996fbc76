package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way of a search: is it for this gallery's purpose, is it within the limit, then in line, one look at the references,
 * an answer of those for whom there is a basis, and a record. Thread-safe.
 */
final class Searcher {
    private final Purpose purpose;
    private final Limiter limiter;
    private final Line line;
    private final Turns turns;
    private final Looks looks;
    private final Answers answers;
    private final GalleryRecords records;

    Searcher(
            Purpose purpose,
            Limiter limiter,
            Line line,
            Turns turns,
            Looks looks,
            Answers answers,
            GalleryRecords records) {
        this.purpose = purpose;
        this.limiter = limiter;
        this.line = line;
        this.turns = turns;
        this.looks = looks;
        this.answers = answers;
        this.records = records;
    }

    List<SearchResult> identify(Purpose asked, List<Template> probes, SearchOptions options) {
        List<Template> all = List.copyOf(probes);
        Inquiry inquiry = new Inquiry(purpose, options, Optional.empty());
        return search(asked, inquiry, all, () -> looks.identify(all, options));
    }

    SearchResult verify(Purpose asked, PersonId claimed, Template probe, SearchOptions options) {
        Inquiry inquiry = new Inquiry(purpose, options, Optional.of(claimed));
        return search(asked, inquiry, List.of(probe), () -> List.of(looks.verify(claimed, probe, options)))
                .get(0);
    }

    private List<SearchResult> search(
            Purpose asked, Inquiry inquiry, List<Template> probes, Supplier<List<Pass>> look) {
        if (probes.isEmpty()) {
            return List.of();
        }
        Optional<SearchResult> refused = refusal(asked, inquiry.options().caller(), probes.size());
        if (refused.isPresent()) {
            return Collections.nCopies(probes.size(), refused.get());
        }
        List<Pass> passes = line.turn(() -> turns.looking(look));
        List<SearchResult> told = new ArrayList<>();
        for (Pass pass : passes) {
            told.add(answers.answer(pass, inquiry.options()));
        }
        return records.searched(inquiry, probes, passes, told);
    }

    /** Another purpose is recorded each time, whatever the limit. */
    private Optional<SearchResult> refusal(Purpose asked, Optional<String> caller, int searches) {
        if (!asked.equals(purpose)) {
            return Optional.of(records.refused(asked, caller, searches));
        }
        Limiter.Verdict verdict = limiter.take(caller, searches);
        records.limited(verdict.reports());
        return verdict.isAllowed() ? Optional.empty() : Optional.of(GalleryRecords.TOO_MANY);
    }

    /** Records what was not told yet of refused searches. */
    void end() {
        records.limited(limiter.rest());
    }
}
