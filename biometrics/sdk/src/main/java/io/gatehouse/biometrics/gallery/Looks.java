package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.References.Candidate;
import io.gatehouse.biometrics.model.Calibration.Threshold;
import io.gatehouse.biometrics.model.Calibration.UnsupportedRateException;
import io.gatehouse.biometrics.model.TargetRate;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Looks at the references of all packs, within one turn of the gallery, so that all probes see one state. */
record Looks(Shelves shelves, GalleryRecords records) {
    /** One pass for each probe, in their order. */
    List<Pass> identify(List<Template> probes, SearchOptions options) {
        int references = shelves.size(options.groups());
        Map<String, List<Integer>> byPack = new TreeMap<>();
        for (int i = 0; i < probes.size(); i++) {
            byPack.computeIfAbsent(probes.get(i).packId(), any -> new ArrayList<>())
                    .add(i);
        }
        Pass[] passes = new Pass[probes.size()];
        byPack.values().forEach(places -> {
            List<Pass> some = ofOnePack(places.stream().map(probes::get).toList(), options, references);
            for (int i = 0; i < places.size(); i++) {
                passes[places.get(i)] = some.get(i);
            }
        });
        return List.of(passes);
    }

    private List<Pass> ofOnePack(List<Template> probes, SearchOptions options, int references) {
        Optional<Shelf> shelf = shelves.of(probes.get(0));
        if (shelf.isEmpty()) {
            return notMade(probes, records.dropped(probes.get(0).packId()), references);
        }
        List<float[]> vectors = new ArrayList<>();
        try {
            Threshold threshold = shelf.get().calibration().threshold(options.target(), references);
            for (Template probe : probes) {
                vectors.add(shelf.get().protect(probe));
            }
            return made(shelf.get(), threshold, vectors, options, references);
        } catch (UnsupportedRateException e) {
            // A rate of single comparisons is the caller's mistake; one of whole searches the gallery outgrew.
            if (options.target().kind() == TargetRate.Kind.FALSE_MATCH) {
                throw e;
            }
            return notMade(probes, records.outgrown(e), references);
        } finally {
            vectors.forEach(vector -> Arrays.fill(vector, 0));
        }
    }

    private static List<Pass> made(
            Shelf shelf, Threshold threshold, List<float[]> vectors, SearchOptions options, int references) {
        List<List<Candidate>> within = shelf.near(vectors, threshold.distance(), options.groups());
        List<Pass> passes = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            List<Candidate> nearest = options.candidates() == 0
                    ? List.of()
                    : shelf.nearest(vectors.get(i), options.candidates(), options.groups());
            passes.add(new Pass.Made(shelf, threshold, references, within.get(i), nearest));
        }
        return passes;
    }

    private static List<Pass> notMade(List<Template> probes, SearchResult.Refused refused, int references) {
        return probes.stream()
                .<Pass>map(probe -> new Pass.NotMade(refused, references))
                .toList();
    }

    /** Compares with one person's references only. */
    Pass verify(PersonId claimed, Template probe, SearchOptions options) {
        Optional<Shelf> shelf = shelves.of(probe);
        if (shelf.isEmpty()) {
            return new Pass.NotMade(records.dropped(probe.packId()), 0);
        }
        Threshold threshold = shelf.get().calibration().threshold(options.target(), 1);
        float[] vector = shelf.get().protect(probe);
        try {
            OptionalDouble distance = shelf.get().distance(claimed, vector, options.groups());
            List<Candidate> within = distance.isPresent() && distance.getAsDouble() < threshold.distance()
                    ? List.of(new Candidate(claimed, distance.getAsDouble()))
                    : List.of();
            return new Pass.Made(shelf.get(), threshold, distance.isPresent() ? 1 : 0, within, List.of());
        } finally {
            Arrays.fill(vector, 0);
        }
    }
}
