package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.TargetRate;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How strict a search is, among whom, and who makes it. Immutable and thread-safe.
 *
 * @param target     how often a stranger may be taken for somebody: at each comparison (FMR, then a search among N
 *                   references does so about N times as often), or at each search whatever the gallery's present size (FPIR)
 * @param margin     by so many score units the nearest person leads the next one, or the answer is ambiguous: 10 is a false
 *                   match rate ten times as high, 3 one twice as high; 0 always takes the nearest
 * @param groups     only people in at least one of these groups are looked for, see {@link Gallery#assign}; empty for
 *                   everybody. A rate of whole searches (FPIR) is then held against the references of the groups, not of all
 * @param candidates how many of the nearest people the answer lists, however far they are, 0 to 100; 0 for no list
 * @param caller     who searches, as the ledger and a limit per caller know them: a portal, a desk, a service
 */
public record SearchOptions(
        TargetRate target, double margin, Set<String> groups, int candidates, Optional<String> caller) {
    // First: the constant below is made with it.
    private static final double MARGIN = 3;

    private static final double MOST_MARGIN = 100;
    private static final int MOST_CANDIDATES = 100;

    /** One false match in 10,000 comparisons, a margin of 3 score units, among everybody. */
    public static final SearchOptions DEFAULT = ofFalseMatchRate(1e-4);

    public SearchOptions {
        Objects.requireNonNull(target, "target");
        groups = GroupCodec.require(groups);
        caller.ifPresent(name -> GroupCodec.requireName("caller", name));
        if (!(margin >= 0 && margin <= MOST_MARGIN)) {
            throw new IllegalArgumentException(
                    "a margin is 0 to " + MOST_MARGIN + " score units, 10 for each factor of ten, not " + margin);
        }
        if (candidates < 0 || candidates > MOST_CANDIDATES) {
            throw new IllegalArgumentException(
                    "a list of candidates has 0 to " + MOST_CANDIDATES + " people, not " + candidates);
        }
    }

    /** A rate of false matches at each comparison, with a margin of 3 score units. */
    public static SearchOptions ofFalseMatchRate(double rate) {
        return of(TargetRate.ofFalseMatches(rate));
    }

    /**
     * A rate of searches that take a stranger for somebody, at whatever size the gallery has, with a margin of 3 score units.
     */
    public static SearchOptions ofFalsePositiveIdentificationRate(double rate) {
        return of(TargetRate.ofFalsePositiveIdentifications(rate));
    }

    private static SearchOptions of(TargetRate target) {
        return new SearchOptions(target, MARGIN, Set.of(), 0, Optional.empty());
    }

    public SearchOptions withFalseMatchRate(double rate) {
        return new SearchOptions(TargetRate.ofFalseMatches(rate), margin, groups, candidates, caller);
    }

    public SearchOptions withMargin(double scoreUnits) {
        return new SearchOptions(target, scoreUnits, groups, candidates, caller);
    }

    /**
     * Only among the people in at least one of these groups: others are neither found nor compared with, which costs
     * accordingly less.
     */
    public SearchOptions among(Set<String> those) {
        if (those.isEmpty()) {
            throw new IllegalArgumentException("a search is among at least 1 group, or among everybody without this");
        }
        return new SearchOptions(target, margin, those, candidates, caller);
    }

    /**
     * Lists the nearest people with every answer, for a guard who decides with the person before them; it costs a second
     * pass. Such a list names people who are not there: show it to nobody else.
     */
    public SearchOptions withCandidates(int most) {
        return new SearchOptions(target, margin, groups, most, caller);
    }

    /** Says who searches: 1 to 64 lower-case letters, digits, {@code . _ -}. */
    public SearchOptions by(String name) {
        return new SearchOptions(target, margin, groups, candidates, Optional.of(name));
    }

    /**
     * The same, also where it takes a rate below what the calibration's data support; the scores of the gallery's answers
     * then say so. An identity that {@link FaceIdentifier} hands to a gate has no such mark: its score is at most what the
     * calibration measured, −10·log10 of its floor.
     */
    public SearchOptions extrapolating() {
        return new SearchOptions(target.extrapolating(), margin, groups, candidates, caller);
    }
}
