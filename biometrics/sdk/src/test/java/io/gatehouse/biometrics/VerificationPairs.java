package io.gatehouse.biometrics;

import io.gatehouse.biometrics.model.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Pairs of a verification protocol with their distances. */
final class VerificationPairs {
    private final List<Pair> pairs;

    private VerificationPairs(List<Pair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    /** Reads lines of fold, picture, picture, 1 for the same person. */
    static VerificationPairs read(Path csv, Map<String, Template> templates) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (String line : lines(csv)) {
            String[] parts = line.split(",", -1);
            Template one = templates.get(parts[1]);
            Template other = templates.get(parts[2]);
            if (one != null && other != null) {
                pairs.add(new Pair(Integer.parseInt(parts[0]), one.distance(other), parts[3].equals("1")));
            }
        }
        return new VerificationPairs(pairs);
    }

    static List<String> lines(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        return lines.subList(1, lines.size());
    }

    int size() {
        return pairs.size();
    }

    /** Right decisions in each fold at the threshold that is best for the other folds. */
    double crossValidatedAccuracy() {
        int right = 0;
        for (int fold : pairs.stream().mapToInt(Pair::fold).distinct().toArray()) {
            double threshold = bestThreshold(pair -> pair.fold() != fold);
            right += (int) Math.round(accuracy(threshold, pair -> pair.fold() == fold)
                    * pairs.stream().filter(pair -> pair.fold() == fold).count());
        }
        return (double) right / pairs.size();
    }

    double accuracy(double threshold) {
        return accuracy(threshold, pair -> true);
    }

    double bestThreshold() {
        return bestThreshold(pair -> true);
    }

    /** Mated pairs accepted at the threshold that accepts this part of the non-mated ones. */
    double trueAcceptRate(double falseAcceptRate) {
        double[] nonMated = pairs.stream()
                .filter(pair -> !pair.same())
                .mapToDouble(Pair::distance)
                .sorted()
                .toArray();
        double threshold = nonMated[(int) Math.floor(falseAcceptRate * nonMated.length)];
        return (double) pairs.stream()
                        .filter(pair -> pair.same() && pair.distance() < threshold)
                        .count()
                / pairs.stream().filter(Pair::same).count();
    }

    String report() {
        double best = bestThreshold();
        return String.format(
                Locale.ROOT,
                "%d pairs, accuracy %.4f at the best threshold %.3f, %.4f cross-validated; TAR %.4f at FAR 1e-2",
                pairs.size(),
                accuracy(best),
                best,
                crossValidatedAccuracy(),
                trueAcceptRate(1e-2));
    }

    private double accuracy(double threshold, Predicate<Pair> which) {
        return pairs.stream()
                .filter(which)
                .mapToInt(pair -> (pair.distance() < threshold) == pair.same() ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private double bestThreshold(Predicate<Pair> which) {
        double[] candidates =
                pairs.stream().mapToDouble(Pair::distance).sorted().toArray();
        return Arrays.stream(candidates)
                .boxed()
                .max((a, b) -> Double.compare(accuracy(a, which), accuracy(b, which)))
                .orElseThrow();
    }

    private record Pair(int fold, double distance, boolean same) {}
}
