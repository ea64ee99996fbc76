package io.gatehouse.biometrics.fusion;

import io.gatehouse.core.reason.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How modalities are put together. Immutable and thread-safe.
 *
 * <p>A calibrated score is a p-value in other clothes: a stranger reaches s or more with a rate of at most 10^(−s/10). So
 * the rules are those for combining p-values, and their result is calibrated again:
 * <ul>
 * <li>{@link #all}: every modality passes the threshold, for vaults. The claimed rate is that of the weakest, which holds
 *     whatever the dependence; if the modalities are stated to be independent, to the power of their number.
 * <li>{@link #any}: one is enough, which is easier for strangers too: the best one's rate times the number of modalities
 *     (Bonferroni), or 1 − (1 − p)^k if independent.
 * <li>{@link #sum}: the weighted sum of the scores. A stranger's is a sum of exponential variables if they are independent,
 *     with equal weights Fisher's method; its exact tail is the result. Without independence the weighted mean less
 *     10·log10(e) = 4.34 is never too high (Vovk and Wang, Combining p-values via averaging, Biometrika 2020).
 * </ul>
 * Several comparisons of one modality (frames of one face) are dependent in a way that nobody knows: the best one counts,
 * less 10·log10 of their number, never their sum. Log-likelihood ratios would use the mated scores too and can be a little
 * better; they need both densities where strangers hardly ever come, and their sum is no false match rate.
 */
public final class FusionRule {
    private static final int MAX_MODALITIES = 16;
    /** The tail of a sum takes steps in proportion to it. */
    private static final double MAX_RATIO = 1000;

    private final Kind kind;
    private final SortedMap<String, Double> weights;
    private final double threshold;
    private final boolean independent;

    private enum Kind {
        ALL,
        ANY,
        SUM
    }

    private FusionRule(Kind kind, Map<String, Double> weights, double threshold, boolean independent) {
        this.kind = kind;
        this.weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        this.threshold = threshold;
        this.independent = independent;
        if (weights.isEmpty() || weights.size() > MAX_MODALITIES) {
            throw new IllegalArgumentException(
                    "a rule has 1 to " + MAX_MODALITIES + " modalities, not " + weights.size());
        }
        weights.forEach((modality, weight) -> {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException("the weight of " + modality + " is above 0, not " + weight);
            }
        });
        double heaviest = Collections.max(weights.values());
        double lightest = Collections.min(weights.values());
        if (heaviest > MAX_RATIO * lightest) {
            throw new IllegalArgumentException("the weights " + this.weights + " differ by more than " + MAX_RATIO
                    + " times, the most that a sum is computed for: leave out a modality that counts so little");
        }
        if (!(threshold > 0 && Double.isFinite(threshold))) {
            throw new IllegalArgumentException("a threshold is a score above 0, such as 40, not " + threshold);
        }
    }

    /** Every modality reaches the score; at 40 a stranger passes each with 1 in 10,000. */
    public static FusionRule all(double eachScore, String... modalities) {
        return new FusionRule(Kind.ALL, equal(modalities), eachScore, false);
    }

    /** The best modality, with what the others' tries are worth taken off, reaches the score; some may be missing. */
    public static FusionRule any(double score, String... modalities) {
        return new FusionRule(Kind.ANY, equal(modalities), score, false);
    }

    /** The weighted sum is as unlikely of a stranger as the score says. */
    public static FusionRule sum(double score, Map<String, Double> weights) {
        return new FusionRule(Kind.SUM, weights, score, false);
    }

    private static Map<String, Double> equal(String... modalities) {
        return List.of(modalities).stream().collect(Collectors.toMap(name -> name, name -> 1.0));
    }

    /**
     * The same, with the statement that a stranger's score in one modality tells nothing of theirs in another: true of a
     * face and a fingerprint of one person as far as is known, not of two eyes or two cameras.
     */
    public FusionRule assumingIndependentModalities() {
        return new FusionRule(kind, weights, threshold, true);
    }

    /** Puts comparisons with one claimed person together. */
    public FusionResult fuse(List<ComparisonScore> comparisons) {
        Optional<Reason> incomplete = incomplete(comparisons);
        if (incomplete.isPresent()) {
            return new FusionResult.Incomplete(incomplete.get());
        }
        SortedMap<String, Double> scores = byModality(comparisons);
        boolean extrapolated = comparisons.stream().anyMatch(ComparisonScore::extrapolated);
        double score = Math.max(0, fused(scores));
        double reached = kind == Kind.ALL ? Collections.min(scores.values()) : score;
        return reached >= threshold
                ? new FusionResult.Match(score, extrapolated)
                : new FusionResult.NoMatch(score, extrapolated, tooLow(scores, reached));
    }

    private double fused(SortedMap<String, Double> scores) {
        return switch (kind) {
            case ALL -> Collections.min(scores.values()) * (independent ? scores.size() : 1);
            case ANY -> anyScore(scores);
            case SUM -> sumScore(scores);
        };
    }

    /** The best of each modality, less what several tries are worth. */
    private static SortedMap<String, Double> byModality(List<ComparisonScore> comparisons) {
        SortedMap<String, Double> scores = new TreeMap<>();
        comparisons.stream()
                .collect(Collectors.groupingBy(ComparisonScore::modality))
                .forEach((modality, tries) -> scores.put(modality, bestOf(tries)));
        return scores;
    }

    private static double bestOf(List<ComparisonScore> tries) {
        double best = tries.stream().mapToDouble(ComparisonScore::score).max().orElseThrow();
        return Math.max(0, best - 10 * Math.log10(tries.size()));
    }

    /** Counted with all modalities of the rule: which are missing may depend on how they went. */
    private double anyScore(SortedMap<String, Double> scores) {
        double p = Math.pow(10, -Collections.max(scores.values()) / 10);
        double fused = independent ? -Math.expm1(weights.size() * Math.log1p(-p)) : weights.size() * p;
        return -10 * Math.log10(Math.min(1, fused));
    }

    private double sumScore(SortedMap<String, Double> scores) {
        double sum = 0;
        double all = 0;
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            sum += weight.getValue() * Objects.requireNonNull(scores.get(weight.getKey()), "checked before");
            all += weight.getValue();
        }
        if (weights.size() == 1) {
            return sum / all;
        }
        if (!independent) {
            return sum / all - 10 * Math.log10(Math.E);
        }
        double[] means = weights.values().stream().mapToDouble(weight -> weight).toArray();
        return -10 * ExponentialSum.log10Tail(means, sum * Math.log(10) / 10);
    }

    private Optional<Reason> incomplete(List<ComparisonScore> comparisons) {
        for (ComparisonScore each : comparisons) {
            if (!weights.containsKey(each.modality())) {
                return Optional.of(Reason.format(
                        "fusion.unknown-modality",
                        "The rule knows %s, not %s: give a rule that does.",
                        weights.keySet(),
                        each.modality()));
            }
        }
        List<String> missing = weights.keySet().stream()
                .filter(modality ->
                        comparisons.stream().noneMatch(each -> each.modality().equals(modality)))
                .toList();
        boolean enough = kind == Kind.ANY ? missing.size() < weights.size() : missing.isEmpty();
        return enough
                ? Optional.empty()
                : Optional.of(Reason.format(
                        "fusion.missing-modality", "There is no comparison of %s: present it too.", missing));
    }

    private Reason tooLow(SortedMap<String, Double> scores, double reached) {
        return Reason.format(
                "fusion.too-low",
                "The comparisons reach a score of %.1f, the rule asks for %.1f (%s): present again, or ask the guard.",
                reached,
                threshold,
                String.join(", ", scores.keySet()));
    }

    @Override
    public String toString() {
        return "FusionRule[" + kind + " of " + weights + " at " + threshold
                + (independent ? ", independent modalities]" : "]");
    }
}
