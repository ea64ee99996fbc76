package io.gatehouse.biometrics.evaluate;

import io.gatehouse.biometrics.model.Template;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Searches of an open set whose truth is known, and their figures (ISO/IEC 19795-1): CMC, FPIR and FNIR. A search is mated
 * if the probe's person is enrolled. A candidate is a person, at the distance of the nearest of their references; who is
 * as near as the mate comes before the mate. Immutable and thread-safe.
 */
public final class SearchTrials {
    private static final double FLAGGED = 0.5;

    private final int galleryPeople;
    private final List<Search> mated;
    private final List<Search> nonMated;

    /**
     * A search.
     *
     * @param subject      whose sample it was
     * @param mateDistance how far the subject's own reference is; empty if there is none
     * @param rank         the mate's place among the candidates, from 1; 0 if there is no mate
     * @param nearestOther how far the nearest other person is; infinite if the gallery has no other
     */
    public record Search(String subject, OptionalDouble mateDistance, int rank, double nearestOther) {
        public Search {
            Objects.requireNonNull(subject, "subject");
            if (mateDistance.isPresent() != rank >= 1) {
                throw new IllegalArgumentException("a search has a mate and its rank from 1, or neither; not rank "
                        + rank + " and " + mateDistance);
            }
        }
    }

    private SearchTrials(int galleryPeople, List<Search> searches) {
        this.galleryPeople = galleryPeople;
        this.mated = searches.stream().filter(search -> search.rank >= 1).toList();
        this.nonMated = searches.stream().filter(search -> search.rank == 0).toList();
    }

    public static SearchTrials of(int galleryPeople, List<Search> searches) {
        return new SearchTrials(galleryPeople, searches);
    }

    /** Searches a gallery for each probe. */
    public static SearchTrials of(Map<String, List<Template>> gallery, Map<String, List<Template>> probes) {
        List<Search> searches = new ArrayList<>();
        probes.forEach((subject, samples) -> samples.forEach(probe -> searches.add(search(gallery, subject, probe))));
        return new SearchTrials(gallery.size(), searches);
    }

    private static Search search(Map<String, List<Template>> gallery, String subject, Template probe) {
        double mate = nearest(gallery.getOrDefault(subject, List.of()), probe);
        boolean enrolled = gallery.containsKey(subject);
        int before = 0;
        double nearestOther = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, List<Template>> person : gallery.entrySet()) {
            if (!person.getKey().equals(subject)) {
                double distance = nearest(person.getValue(), probe);
                nearestOther = Math.min(nearestOther, distance);
                before += distance <= mate ? 1 : 0;
            }
        }
        return new Search(
                subject,
                enrolled ? OptionalDouble.of(mate) : OptionalDouble.empty(),
                enrolled ? before + 1 : 0,
                nearestOther);
    }

    private static double nearest(Collection<Template> references, Template probe) {
        return references.stream().mapToDouble(probe::distance).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** How many people the gallery has. */
    public int galleryPeople() {
        return galleryPeople;
    }

    public int mated() {
        return mated.size();
    }

    public int nonMated() {
        return nonMated.size();
    }

    /** FPIR(N, T): searches without a mate that find somebody nearer than the threshold. */
    public Proportion falsePositives(double distance) {
        return new Proportion(
                nonMated.stream()
                        .filter(search -> search.nearestOther < distance)
                        .count(),
                nonMated());
    }

    /** FNIR(N, R, T): searches with a mate that is not both among the first R and nearer than the threshold. */
    public Proportion falseNegatives(int ranks, double distance) {
        return new Proportion(
                mated.stream()
                        .filter(search -> search.rank > ranks || search.mateDistance.orElseThrow() >= distance)
                        .count(),
                mated());
    }

    /** The cumulative match characteristic at a rank: mated searches whose mate is among the first R, without threshold. */
    public Proportion identifiedWithin(int ranks) {
        return new Proportion(
                mated.stream().filter(search -> search.rank <= ranks).count(), mated());
    }

    /** The largest threshold whose FPIR is at most this rate. */
    public double distanceAtFalsePositiveRate(double rate) {
        double[] sorted =
                nonMated.stream().mapToDouble(Search::nearestOther).sorted().toArray();
        if (sorted.length == 0 || !(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a threshold for an FPIR takes a rate between 0 and 1 and non-mated"
                    + " searches, not " + rate + " and " + sorted.length);
        }
        return sorted[(int) Math.floor(rate * sorted.length * (1 + 1e-12))];
    }

    /** The FPIR's interval, drawing people and all their searches together; people of the gallery are not drawn anew. */
    public Interval falsePositiveInterval(double distance, SubjectBootstrap bootstrap) {
        Comparisons.Builder nearest = Comparisons.builder();
        for (Search search : nonMated) {
            nearest.add(search.subject, search.subject, flag(search.nearestOther < distance));
        }
        return bootstrap.falseNonMatchRate(nearest.build(), FLAGGED);
    }

    /** The FNIR's interval, drawing people and all their searches together. */
    public Interval falseNegativeInterval(int ranks, double distance, SubjectBootstrap bootstrap) {
        Comparisons.Builder mates = Comparisons.builder();
        for (Search search : mated) {
            boolean missed = search.rank > ranks || search.mateDistance.orElseThrow() >= distance;
            mates.add(search.subject, search.subject, flag(missed));
        }
        return bootstrap.falseNonMatchRate(mates.build(), FLAGGED);
    }

    /** An error for the bootstrap, whose mated comparisons are wrong from {@link #FLAGGED} on, at any threshold of a search. */
    private static double flag(boolean error) {
        return error ? 1 : 0;
    }

    /** The searches, those with a mate first. */
    public List<Search> searches() {
        List<Search> all = new ArrayList<>(mated);
        all.addAll(nonMated);
        return all;
    }

    @Override
    public String toString() {
        return "SearchTrials[" + galleryPeople + " people, " + Arrays.toString(new int[] {mated(), nonMated()})
                + " searches with and without mate]";
    }
}
