package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.References.Candidate;
import io.gatehouse.biometrics.model.Calibration.Score;
import io.gatehouse.biometrics.model.Calibration.Threshold;
import io.gatehouse.biometrics.model.Calibration.UnsupportedRateException;
import io.gatehouse.biometrics.model.TargetRate;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Searches a gallery, each probe among the references of its own pack. Thread-safe. */
final class Searcher {
    private final Turns turns;
    private final Shelves shelves;
    private final Trends trends;
    private final Consents consents;
    private final GalleryRecords records;

    Searcher(Turns turns, Shelves shelves, Trends trends, Consents consents, GalleryRecords records) {
        this.turns = turns;
        this.shelves = shelves;
        this.trends = trends;
        this.consents = consents;
        this.records = records;
    }

    SearchResult identify(Purpose asked, Template probe, SearchOptions options) {
        Optional<Shelf> shelf = turns.looking(() -> shelves.of(probe));
        return refusal(asked, probe, shelf).orElseGet(() -> identify(shelf.orElseThrow(), probe, options));
    }

    private Optional<SearchResult> refusal(Purpose asked, Template probe, Optional<Shelf> shelf) {
        if (!asked.equals(consents.purpose())) {
            return Optional.of(records.refused(asked));
        }
        return shelf.isPresent() ? Optional.empty() : Optional.of(records.dropped(probe.packId()));
    }

    private SearchResult identify(Shelf shelf, Template probe, SearchOptions options) {
        TargetRate target = options.target();
        Threshold threshold;
        try {
            threshold = shelf.calibration().threshold(target, turns.looking(() -> shelves.size(options.groups())));
        } catch (UnsupportedRateException e) {
            // A rate of single comparisons is the caller's mistake; one of whole searches the gallery outgrew.
            if (target.kind() == TargetRate.Kind.FALSE_MATCH) {
                throw e;
            }
            return records.outgrown(e);
        }
        List<Candidate> candidates = near(shelf, probe, threshold.distance(), options.groups()).stream()
                .filter(candidate -> consents.isLawful(candidate.person()))
                .toList();
        return candidates.isEmpty() ? new SearchResult.Unknown() : nearest(shelf, candidates, options);
    }

    private SearchResult nearest(Shelf shelf, List<Candidate> candidates, SearchOptions options) {
        Candidate best = candidates.get(0);
        List<PersonId> tooNear = candidates.stream()
                .filter(candidate -> candidate.distance() <= best.distance() * (1 + options.margin()))
                .map(Candidate::person)
                .toList();
        return options.margin() > 0 && tooNear.size() > 1
                ? new SearchResult.Ambiguous(tooNear)
                : known(shelf, best, options.target());
    }

    SearchResult verify(Purpose asked, PersonId claimed, Template probe, double falseMatchRate) {
        Optional<Shelf> shelf = turns.looking(() -> shelves.of(probe));
        TargetRate target = TargetRate.ofFalseMatches(falseMatchRate);
        return refusal(asked, probe, shelf).orElseGet(() -> verify(shelf.orElseThrow(), claimed, probe, target));
    }

    private SearchResult verify(Shelf shelf, PersonId claimed, Template probe, TargetRate target) {
        double limit = shelf.calibration().threshold(target, 1).distance();
        return near(shelf, probe, limit, Set.of()).stream()
                .filter(candidate -> candidate.person().equals(claimed) && consents.isLawful(claimed))
                .findFirst()
                .map(candidate -> known(shelf, candidate, target))
                .orElseGet(SearchResult.Unknown::new);
    }

    private List<Candidate> near(Shelf shelf, Template probe, double distance, Set<String> groups) {
        float[] vector = shelf.protect(probe);
        return turns.looking(() -> shelf.near(vector, distance, groups));
    }

    private SearchResult known(Shelf shelf, Candidate candidate, TargetRate target) {
        observe(shelf, candidate);
        Score score = shelf.calibration().score(candidate.distance(), target.extrapolated());
        return new SearchResult.Known(candidate.person(), score.value(), score.extrapolated());
    }

    /** Only of a person who is still here: a removal that overtook the search must not leave a trend behind. */
    private void observe(Shelf shelf, Candidate candidate) {
        turns.looking(() -> {
            if (shelf == shelves.current() && shelf.people().contains(candidate.person())) {
                trends.add(candidate.person(), candidate.distance());
            }
            return candidate;
        });
    }
}
