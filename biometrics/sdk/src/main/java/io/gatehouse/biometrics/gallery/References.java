package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.search.IndexOptions;
import io.gatehouse.biometrics.gallery.search.Neighbour;
import io.gatehouse.biometrics.gallery.search.Search;
import io.gatehouse.biometrics.gallery.search.VectorIndex;
import io.gatehouse.core.identity.PersonId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * References in memory, and whose they are. The vectors lie in an exact {@link VectorIndex}, which overwrites what is
 * removed. Not thread-safe: the gallery locks.
 */
final class References {
    private final IndexOptions options;
    private VectorIndex index;
    private final Map<Long, PersonId> owners = new HashMap<>();
    private final Map<PersonId, List<Long>> ids = new HashMap<>();
    private long next;

    References(IndexOptions options) {
        this.options = options;
        this.index = VectorIndex.create(options);
    }

    int size() {
        return index.size();
    }

    int size(Set<String> groups) {
        return groups.isEmpty() ? index.size() : index.size(groups);
    }

    void add(PersonId owner, float[] vector, Set<String> groups) {
        long id = next++;
        index.add(id, vector, groups);
        owners.put(id, owner);
        ids.computeIfAbsent(owner, any -> new ArrayList<>(1)).add(id);
    }

    /** Puts a person's references into these groups and no others. */
    void assign(PersonId owner, Set<String> groups) {
        ids.getOrDefault(owner, List.of()).forEach(id -> index.assign(id, groups));
    }

    /** The groups of a person; none if there is no reference. */
    Set<String> groupsOf(PersonId owner) {
        List<Long> theirs = ids.getOrDefault(owner, List.of());
        return theirs.isEmpty() ? Set.of() : index.groupsOf(theirs.get(0));
    }

    /** Removes a person's references. */
    int remove(PersonId owner) {
        List<Long> theirs = ids.remove(owner);
        if (theirs == null) {
            return 0;
        }
        for (long id : theirs) {
            index.remove(id);
            owners.remove(id);
        }
        return theirs.size();
    }

    /** Overwrites everything. */
    void clear() {
        index.close();
        index = VectorIndex.create(options);
        owners.clear();
        ids.clear();
    }

    /** The distance of a person's nearest reference, if there is one. */
    OptionalDouble distance(PersonId owner, float[] probe) {
        return ids.getOrDefault(owner, List.of()).stream()
                .mapToDouble(id -> Math.sqrt(index.squaredDistance(id, probe).orElseThrow()))
                .min();
    }

    /**
     * For each probe the people with a reference nearer than a distance, each with the nearest of theirs, nearest first.
     *
     * @param groups among whom; empty for everybody
     */
    List<List<Candidate>> nearerThan(List<float[]> probes, double distance, Set<String> groups) {
        return index.searchAll(probes, among(Search.within(distance), groups)).stream()
                .map(this::people)
                .toList();
    }

    /** The nearest people, however far, at most so many. */
    List<Candidate> nearest(float[] probe, int most, Set<String> groups) {
        // People may have several references, so more may be needed than people.
        for (int references = most; ; references = (int) Math.min(2L * references, Integer.MAX_VALUE - 1)) {
            List<Neighbour> found = index.search(probe, among(Search.nearest(references), groups));
            List<Candidate> people = people(found);
            if (people.size() >= most || found.size() < references) {
                return people.subList(0, Math.min(most, people.size()));
            }
        }
    }

    private static Search among(Search search, Set<String> groups) {
        return groups.isEmpty() ? search : search.among(groups);
    }

    private List<Candidate> people(List<Neighbour> found) {
        Map<PersonId, Double> nearest = new HashMap<>();
        for (Neighbour each : found) {
            nearest.merge(owners.get(each.id()), each.distance(), Math::min);
        }
        List<Candidate> candidates = new ArrayList<>();
        nearest.forEach((person, near) -> candidates.add(new Candidate(person, near)));
        candidates.sort(Comparator.comparingDouble(Candidate::distance).thenComparing(Candidate::person));
        return candidates;
    }

    /** A person and how far their nearest reference is. */
    record Candidate(PersonId person, double distance) {}
}
