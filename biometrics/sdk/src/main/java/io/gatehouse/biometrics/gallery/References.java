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
import java.util.Set;

/**
 * References in memory, and whose they are. The vectors lie in an exact {@link VectorIndex}, which overwrites what is
 * removed. Not thread-safe: the gallery locks.
 */
final class References {
    private final int dimension;
    private VectorIndex index;
    private final Map<Long, PersonId> owners = new HashMap<>();
    private final Map<PersonId, List<Long>> ids = new HashMap<>();
    private long next;

    References(int dimension) {
        this.dimension = dimension;
        this.index = VectorIndex.create(IndexOptions.of(dimension));
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
        index = VectorIndex.create(IndexOptions.of(dimension));
        owners.clear();
        ids.clear();
    }

    /** People with a reference nearer than a distance, each with the nearest of theirs, nearest first. */
    List<Candidate> nearerThan(float[] probe, double distance, Set<String> groups) {
        Map<PersonId, Double> nearest = new HashMap<>();
        Search search = Search.within(distance);
        for (Neighbour each : index.search(probe, groups.isEmpty() ? search : search.among(groups))) {
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
