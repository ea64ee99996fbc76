package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.search.IndexOptions;
import io.gatehouse.biometrics.gallery.search.Neighbour;
import io.gatehouse.biometrics.gallery.search.Search;
import io.gatehouse.biometrics.gallery.search.VectorIndex;
import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * References in memory, and whose they are. The vectors lie in an exact {@link VectorIndex}, which overwrites what is
 * removed. Not thread-safe: the gallery locks.
 *
 * <p>To the index a reference is a number, which leads to its person's number and to the next of the same person: 8 bytes
 * a reference beside what {@link VectorIndex} and {@link People} take.
 */
final class References {
    private static final int NONE = -1;
    private static final int FIRST_CAPACITY = 16;

    private final IndexOptions options;
    private VectorIndex index;
    private final People people = new People();
    private int[] owners = new int[FIRST_CAPACITY];
    /** Of a reference, the next of its person; of a free number, the next free one. */
    private int[] next = new int[FIRST_CAPACITY];

    private int numbers;
    private int free = NONE;

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

    /** How many people they are of. */
    int people() {
        return people.size();
    }

    boolean has(PersonId person) {
        return people.find(person) != People.NOBODY;
    }

    /** How many a person has. */
    int count(PersonId person) {
        int theirs = 0;
        for (int each = firstOf(person); each != NONE; each = next[each]) {
            theirs++;
        }
        return theirs;
    }

    /** Whether one more fits in, when those of a person are gone. */
    boolean hasRoomWithout(PersonId person) {
        return index.size() - count(person) < options.maxReferences();
    }

    boolean hasRoom() {
        return index.size() < options.maxReferences();
    }

    /** Everybody, and when the newest of their references was made. */
    void forEachPerson(BiConsumer<PersonId, Instant> action) {
        people.forEach(action);
    }

    void add(PersonId owner, float[] vector, Set<String> groups, Instant at) {
        if (free == NONE && numbers == owners.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, numbers + (long) (numbers >> 1));
            owners = Arrays.copyOf(owners, capacity);
            next = Arrays.copyOf(next, capacity);
        }
        int reference = free == NONE ? numbers : free;
        // First: it may refuse the vector or be full.
        index.add(reference, vector, groups);
        if (free == NONE) {
            numbers++;
        } else {
            free = next[reference];
        }
        int person = people.findOrAdd(owner);
        owners[reference] = person;
        next[reference] = people.head(person);
        people.setHead(person, reference);
        people.enrolled(person, at);
    }

    /** Puts a person's references into these groups and no others. */
    void assign(PersonId owner, Set<String> groups) {
        for (int each = firstOf(owner); each != NONE; each = next[each]) {
            index.assign(each, groups);
        }
    }

    /** The groups of a person; none if there is no reference. */
    Set<String> groupsOf(PersonId owner) {
        int first = firstOf(owner);
        return first == NONE ? Set.of() : index.groupsOf(first);
    }

    private int firstOf(PersonId owner) {
        int person = people.find(owner);
        return person == People.NOBODY ? NONE : people.head(person);
    }

    /** Removes a person's references. */
    int remove(PersonId owner) {
        int person = people.find(owner);
        if (person == People.NOBODY) {
            return 0;
        }
        int removed = 0;
        int reference = people.head(person);
        while (reference != NONE) {
            index.remove(reference);
            int following = next[reference];
            owners[reference] = 0;
            next[reference] = free;
            free = reference;
            reference = following;
            removed++;
        }
        people.remove(person);
        return removed;
    }

    /** Overwrites everything. */
    void clear() {
        index.close();
        index = VectorIndex.create(options);
        people.clear();
        owners = new int[FIRST_CAPACITY];
        next = new int[FIRST_CAPACITY];
        numbers = 0;
        free = NONE;
    }

    /** The distance of a person's nearest reference, if there is one. */
    OptionalDouble distance(PersonId owner, float[] probe) {
        OptionalDouble least = OptionalDouble.empty();
        for (int each = firstOf(owner); each != NONE; each = next[each]) {
            double distance = Math.sqrt(index.squaredDistance(each, probe).orElseThrow());
            least = OptionalDouble.of(Math.min(distance, least.orElse(distance)));
        }
        return least;
    }

    /**
     * For each probe the people with a reference nearer than a distance, each with the nearest of theirs, nearest first.
     *
     * @param groups among whom; empty for everybody
     */
    List<List<Candidate>> nearerThan(List<float[]> probes, double distance, Set<String> groups) {
        return index.searchAll(probes, among(Search.within(distance), groups)).stream()
                .map(this::owners)
                .toList();
    }

    /** The nearest people, however far, at most so many. */
    List<Candidate> nearest(float[] probe, int most, Set<String> groups) {
        // People may have several references, so more may be needed than people.
        for (int references = most; ; references = (int) Math.min(2L * references, Integer.MAX_VALUE - 1)) {
            List<Neighbour> found = index.search(probe, among(Search.nearest(references), groups));
            List<Candidate> people = owners(found);
            if (people.size() >= most || found.size() < references) {
                return people.subList(0, Math.min(most, people.size()));
            }
        }
    }

    private static Search among(Search search, Set<String> groups) {
        return groups.isEmpty() ? search : search.among(groups);
    }

    private List<Candidate> owners(List<Neighbour> found) {
        Map<Integer, Double> nearest = new HashMap<>();
        for (Neighbour each : found) {
            nearest.merge(owners[(int) each.id()], each.distance(), Math::min);
        }
        List<Candidate> candidates = new ArrayList<>();
        nearest.forEach((person, near) -> candidates.add(new Candidate(people.get(person), near)));
        candidates.sort(Comparator.comparingDouble(Candidate::distance).thenComparing(Candidate::person));
        return candidates;
    }

    /** A person and how far their nearest reference is. */
    record Candidate(PersonId person, double distance) {}
}
