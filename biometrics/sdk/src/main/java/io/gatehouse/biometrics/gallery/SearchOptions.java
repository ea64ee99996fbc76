package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.TargetRate;
import java.util.Objects;
import java.util.Set;

/**
 * How strict a comparison is. Immutable and thread-safe.
 *
 * @param target how often a stranger may be taken for somebody: at each comparison (FMR, then a search among N
 *               references does so about N times as often), or at each search whatever the gallery's present size (FPIR)
 * @param margin the second-nearest person is at least this part farther than the nearest, or the answer is ambiguous; 0
 *               always takes the nearest
 * @param groups only people in at least one of these groups are looked for, see {@link Gallery#assign}; empty for everybody.
 *               A rate of whole searches (FPIR) is then held against the references of the groups, not of all
 */
public record SearchOptions(TargetRate target, double margin, Set<String> groups) {
    // First: the constant below is made with it.
    private static final double MARGIN = 0.05;

    /** One false match in 10,000 comparisons, a margin of 5 %. */
    public static final SearchOptions DEFAULT = ofFalseMatchRate(1e-4);

    public SearchOptions {
        Objects.requireNonNull(target, "target");
        groups = GroupCodec.require(groups);
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("a margin is 0 or more and less than 1, not " + margin);
        }
    }

    /** A rate of false matches at each comparison, with a margin of 5 %. */
    public static SearchOptions ofFalseMatchRate(double rate) {
        return new SearchOptions(TargetRate.ofFalseMatches(rate), MARGIN, Set.of());
    }

    /** A rate of searches that take a stranger for somebody, at whatever size the gallery has, with a margin of 5 %. */
    public static SearchOptions ofFalsePositiveIdentificationRate(double rate) {
        return new SearchOptions(TargetRate.ofFalsePositiveIdentifications(rate), MARGIN, Set.of());
    }

    public SearchOptions withFalseMatchRate(double rate) {
        return new SearchOptions(TargetRate.ofFalseMatches(rate), margin, groups);
    }

    public SearchOptions withMargin(double part) {
        return new SearchOptions(target, part, groups);
    }

    /**
     * Only among the people in at least one of these groups: others are neither found nor compared with, which costs
     * accordingly less.
     */
    public SearchOptions among(Set<String> those) {
        if (those.isEmpty()) {
            throw new IllegalArgumentException("a search is among at least 1 group, or among everybody without this");
        }
        return new SearchOptions(target, margin, those);
    }

    /**
     * The same, also where it takes a rate below what the calibration's data support; the scores of the gallery's answers
     * then say so. An identity that {@link FaceIdentifier} hands to a gate has no such mark: its score is at most what the
     * calibration measured, −10·log10 of its floor.
     */
    public SearchOptions extrapolating() {
        return new SearchOptions(target.extrapolating(), margin, groups);
    }
}
