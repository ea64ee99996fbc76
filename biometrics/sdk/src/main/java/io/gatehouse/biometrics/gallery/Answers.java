package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.References.Candidate;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Calibration.Score;
import io.gatehouse.core.identity.PersonId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes an answer of what was found, of people only for whom there is a lawful basis now. Thread-safe. */
record Answers(Turns turns, Shelves shelves, Trends trends, Consents consents) {
    SearchResult answer(Pass pass, SearchOptions options) {
        return pass instanceof Pass.Made made ? answer(made, options) : ((Pass.NotMade) pass).refused();
    }

    private SearchResult answer(Pass.Made made, SearchOptions options) {
        Map<PersonId, Boolean> lawful = new HashMap<>();
        List<Candidate> within = lawful(made.within(), lawful);
        List<Candidate> nearest = lawful(made.nearest(), lawful);
        Calibration calibration = made.shelf().calibration();
        List<SearchResult.Candidate> list = candidates(nearest, calibration, options);
        if (within.isEmpty()) {
            return new SearchResult.Unknown(list);
        }
        Closeness closeness = new Closeness(calibration);
        Candidate best = within.get(0);
        double top = closeness.of(best.distance());
        List<Candidate> tooNear = within.stream()
                .filter(each -> each.equals(best) || top - closeness.of(each.distance()) < options.margin())
                .toList();
        if (tooNear.size() > 1) {
            return new SearchResult.Ambiguous(candidates(tooNear, calibration, options), list);
        }
        observe(made.shelf(), best);
        double margin = top - closeness.of(next(made, within, nearest));
        SearchResult.Candidate who = candidates(tooNear, calibration, options).get(0);
        return new SearchResult.Known(who.person(), who.score(), who.extrapolated(), margin, list);
    }

    /** How far the next person is, or the threshold if nobody farther was looked at. */
    private static double next(Pass.Made made, List<Candidate> within, List<Candidate> nearest) {
        List<Candidate> seen = within.size() > 1 ? within : nearest;
        return seen.size() > 1 ? seen.get(1).distance() : made.threshold().distance();
    }

    private List<Candidate> lawful(List<Candidate> candidates, Map<PersonId, Boolean> known) {
        return candidates.stream()
                .filter(each -> known.computeIfAbsent(each.person(), consents::isLawful))
                .toList();
    }

    private static List<SearchResult.Candidate> candidates(
            List<Candidate> found, Calibration calibration, SearchOptions options) {
        return found.stream()
                .map(each -> {
                    Score score =
                            calibration.score(each.distance(), options.target().extrapolated());
                    return new SearchResult.Candidate(each.person(), score.value(), score.extrapolated());
                })
                .toList();
    }

    /** Only of a person who is still here: a removal that overtook the search must not leave a trend behind. */
    private void observe(Shelf shelf, Candidate candidate) {
        turns.looking(() -> {
            if (shelf == shelves.current() && shelf.has(candidate.person())) {
                trends.add(candidate.person(), candidate.distance());
            }
            return candidate;
        });
    }
}
