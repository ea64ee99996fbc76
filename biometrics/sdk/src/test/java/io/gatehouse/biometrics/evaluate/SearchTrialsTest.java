package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.evaluate.SearchTrials.Search;
import io.gatehouse.biometrics.model.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SearchTrialsTest {
    private static Template at(double... values) {
        float[] vector = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            vector[i] = (float) values[i];
        }
        return Template.of("line", vector);
    }

    @Test
    void countsByHand() {
        // People on a line; a has two references.
        Map<String, List<Template>> gallery =
                Map.of("a", List.of(at(1), at(5)), "b", List.of(at(2)), "c", List.of(at(9)));
        Map<String, List<Template>> probes =
                Map.of("a", List.of(at(1.25), at(1.75)), "b", List.of(at(4.5)), "x", List.of(at(8.5), at(30)));
        SearchTrials trials = SearchTrials.of(gallery, probes);
        assertThat(trials.mated()).isEqualTo(3);
        assertThat(trials.nonMated()).isEqualTo(2);
        // a at 1.25: rank 1, at 0.25. a at 1.75: b is nearer, rank 2, at 0.75. b at 4.5: a is nearer, rank 2, at 2.5.
        assertThat(trials.identifiedWithin(1)).isEqualTo(Proportion.of(1, 3));
        assertThat(trials.identifiedWithin(2)).isEqualTo(Proportion.of(3, 3));
        assertThat(trials.falseNegatives(1, 1)).isEqualTo(Proportion.of(2, 3));
        assertThat(trials.falseNegatives(2, 1)).isEqualTo(Proportion.of(1, 3));
        assertThat(trials.falseNegatives(2, 0.25)).isEqualTo(Proportion.of(3, 3));
        // x at 8.5 is 0.5 from c; x at 30 is 21 away.
        assertThat(trials.falsePositives(0.5)).isEqualTo(Proportion.of(0, 2));
        assertThat(trials.falsePositives(0.6)).isEqualTo(Proportion.of(1, 2));
        assertThat(trials.distanceAtFalsePositiveRate(0.5)).isEqualTo(21);
        assertThat(trials.falsePositiveInterval(0.6, SubjectBootstrap.of(1)).holds(0.5))
                .isTrue();
        assertThat(trials.falseNegativeInterval(1, 1, SubjectBootstrap.of(1)).holds(2 / 3.0))
                .isTrue();
    }

    @Test
    void countsRankErrorsInTheIntervalWithoutAThreshold() {
        Map<String, List<Template>> gallery = Map.of("a", List.of(at(1)), "b", List.of(at(2)));
        SearchTrials trials = SearchTrials.of(gallery, Map.of("a", List.of(at(1.75)), "b", List.of(at(1.25))));
        assertThat(trials.falseNegatives(1, Double.POSITIVE_INFINITY)).isEqualTo(Proportion.of(2, 2));
        assertThat(trials.falseNegativeInterval(1, Double.POSITIVE_INFINITY, SubjectBootstrap.of(1))
                        .holds(1))
                .isTrue();
    }

    @Test
    void agreesWithSortingEveryCandidate() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, List<Template>> gallery = new TreeMap<>();
        Map<String, List<Template>> probes = new TreeMap<>();
        for (int person = 0; person < 40; person++) {
            double x = random.nextDouble() + 1;
            double y = random.nextDouble();
            if (person < 30) {
                gallery.put("p" + person, List.of(at(x, y), at(x + 0.05 * random.nextGaussian(), y)));
            }
            probes.put("p" + person, List.of(at(x + 0.1 * random.nextGaussian(), y + 0.1 * random.nextGaussian())));
        }
        SearchTrials trials = SearchTrials.of(gallery, probes);
        for (double threshold : new double[] {0.01, 0.05, 0.2, 3}) {
            int falsePositives = 0;
            int falseNegatives = 0;
            for (Map.Entry<String, List<Template>> probe : probes.entrySet()) {
                List<Map.Entry<String, Double>> candidates = new ArrayList<>();
                gallery.forEach((name, references) -> references.forEach(reference -> candidates.add(
                        Map.entry(name, reference.distance(probe.getValue().get(0))))));
                candidates.sort(Map.Entry.comparingByValue());
                Map.Entry<String, Double> first = candidates.get(0);
                boolean hit = first.getValue() < threshold;
                if (gallery.containsKey(probe.getKey())) {
                    falseNegatives += hit && first.getKey().equals(probe.getKey()) ? 0 : 1;
                } else {
                    falsePositives += hit ? 1 : 0;
                }
            }
            assertThat(trials.falsePositives(threshold)).isEqualTo(Proportion.of(falsePositives, 10));
            assertThat(trials.falseNegatives(1, threshold)).isEqualTo(Proportion.of(falseNegatives, 30));
        }
        assertThat(trials.identifiedWithin(30)).isEqualTo(Proportion.of(30, 30));
    }

    @Test
    void refusesASearchThatContradictsItself() {
        assertThatThrownBy(() -> new Search("a", OptionalDouble.empty(), 1, 0.5))
                .hasMessageContaining("mate");
        assertThatThrownBy(() -> SearchTrials.of(3, List.of()).distanceAtFalsePositiveRate(0.1))
                .hasMessageContaining("non-mated searches");
    }
}
