package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * References in memory: one float array, vector after vector, so that a scan reads it once from front to back. What is
 * removed is overwritten, and so is an array that grew out of use. Not thread-safe: the gallery locks.
 */
final class References {
    private static final int FIRST_CAPACITY = 64;

    private final int dimension;
    private float[] vectors;
    private final List<PersonId> owners = new ArrayList<>();

    References(int dimension) {
        this.dimension = dimension;
        this.vectors = new float[FIRST_CAPACITY * dimension];
    }

    int size() {
        return owners.size();
    }

    void add(PersonId owner, float[] vector) {
        int end = Math.multiplyExact(owners.size() + 1, dimension);
        if (end > vectors.length) {
            float[] larger = Arrays.copyOf(vectors, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * vectors.length));
            Arrays.fill(vectors, 0);
            vectors = larger;
        }
        System.arraycopy(vector, 0, vectors, end - dimension, dimension);
        owners.add(owner);
    }

    /** Removes a person's references; the last ones take their places. */
    int remove(PersonId owner) {
        int removed = 0;
        for (int i = owners.size() - 1; i >= 0; i--) {
            if (owners.get(i).equals(owner)) {
                int last = owners.size() - 1;
                System.arraycopy(vectors, last * dimension, vectors, i * dimension, dimension);
                Arrays.fill(vectors, last * dimension, (last + 1) * dimension, 0);
                owners.set(i, owners.get(last));
                owners.remove(last);
                removed++;
            }
        }
        return removed;
    }

    void clear() {
        Arrays.fill(vectors, 0);
        owners.clear();
    }

    /** People with a reference nearer than a distance, each with the nearest of theirs, nearest first. */
    List<Candidate> nearerThan(float[] probe, double distance) {
        double limit = distance * distance;
        Map<PersonId, Double> nearest = new HashMap<>();
        for (int i = 0; i < owners.size(); i++) {
            double squared = squaredDistance(probe, i * dimension);
            if (squared < limit) {
                nearest.merge(owners.get(i), squared, Math::min);
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        nearest.forEach((person, squared) -> candidates.add(new Candidate(person, Math.sqrt(squared))));
        candidates.sort(Comparator.comparingDouble(Candidate::distance).thenComparing(Candidate::person));
        return candidates;
    }

    /** Eight sums, because one would make every addition wait for the one before. */
    private double squaredDistance(float[] probe, int at) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        float sum4 = 0;
        float sum5 = 0;
        float sum6 = 0;
        float sum7 = 0;
        int i = 0;
        for (; i + 8 <= dimension; i += 8) {
            sum0 += square(vectors[at + i] - probe[i]);
            sum1 += square(vectors[at + i + 1] - probe[i + 1]);
            sum2 += square(vectors[at + i + 2] - probe[i + 2]);
            sum3 += square(vectors[at + i + 3] - probe[i + 3]);
            sum4 += square(vectors[at + i + 4] - probe[i + 4]);
            sum5 += square(vectors[at + i + 5] - probe[i + 5]);
            sum6 += square(vectors[at + i + 6] - probe[i + 6]);
            sum7 += square(vectors[at + i + 7] - probe[i + 7]);
        }
        for (; i < dimension; i++) {
            sum0 += square(vectors[at + i] - probe[i]);
        }
        return (double) ((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7));
    }

    private static float square(float value) {
        return value * value;
    }

    /** For tests: whether a number is anywhere in memory still. */
    boolean holds(float value) {
        for (float kept : vectors) {
            if (kept == value) {
                return true;
            }
        }
        return false;
    }

    /** A person and how far their nearest reference is. */
    record Candidate(PersonId person, double distance) {}
}
