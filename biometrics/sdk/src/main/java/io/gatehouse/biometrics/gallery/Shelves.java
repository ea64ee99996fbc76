package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A shelf for the present pack and, while people are enrolled anew, one for each older pack. Not thread-safe: the gallery
 * locks.
 */
final class Shelves {
    private final Purpose purpose;
    private Shelf current;
    // Of older packs, by their ids; empty when everybody has been enrolled anew.
    private final Map<String, Shelf> older = new TreeMap<>();
    // Packs that went since the gallery was opened: whoever still has a template of theirs came too late, not wrongly.
    private final Set<String> dropped = new HashSet<>();

    private Shelves(Purpose purpose, Shelf current) {
        this.purpose = purpose;
        this.current = current;
    }

    static Shelves open(GalleryBuilder parts) throws IOException {
        try (RotationKey.Pair keys = RotationKey.open(parts.store(), parts.vault(), parts.purpose, parts.random)) {
            Shelves shelves = new Shelves(parts.purpose, Shelf.open(parts, parts.pack, keys));
            for (ModelPack pack : parts.olderPacks) {
                shelves.addOlder(Shelf.open(parts, pack, keys));
            }
            return open(parts, shelves);
        }
    }

    private static Shelves open(GalleryBuilder parts, Shelves shelves) throws IOException {
        Map<String, Integer> stored = shelves.current.table().packs();
        if (!parts.leavesOtherPacks) {
            shelves.requireNoOthers(stored);
        }
        shelves.load(parts, stored);
        return shelves;
    }

    private void load(GalleryBuilder parts, Map<String, Integer> stored) throws IOException {
        for (String pack : packIds()) {
            if (stored.getOrDefault(pack, 0) > parts.maxReferences) {
                throw new StoreException("the gallery for " + purpose + " has " + stored.get(pack)
                        + " references of the pack " + pack + ", but is to have " + parts.maxReferences
                        + " at most: open it with more");
            }
        }
        int total = packIds().stream()
                .mapToInt(pack -> stored.getOrDefault(pack, 0))
                .sum();
        load(new LoadProgress(parts.loadListener, total));
    }

    private void load(LoadProgress progress) throws IOException {
        boolean isDone = false;
        try {
            for (Shelf shelf : all().toList()) {
                shelf.load(progress);
            }
            isDone = true;
        } finally {
            if (!isDone) {
                clear();
            }
        }
    }

    /** The same from the store, under the newest of these keys. */
    Shelves reloaded(RotationKey.Pair keys) throws IOException {
        Shelves fresh = new Shelves(purpose, current.under(keys));
        older.values().forEach(shelf -> fresh.addOlder(shelf.under(keys)));
        fresh.load(new LoadProgress((loaded, total) -> {}, size()));
        return fresh;
    }

    /** Puts the shelves of others in the place of these, which are cleared. */
    void replaceBy(Shelves fresh) {
        clear();
        current = fresh.current;
        older.clear();
        older.putAll(fresh.older);
    }

    private void addOlder(Shelf shelf) {
        if (shelf.packId().equals(current.packId()) || older.put(shelf.packId(), shelf) != null) {
            throw new IllegalArgumentException("the pack " + shelf.packId() + " was given twice to a gallery");
        }
    }

    /** References that no search could find would look like people who are not enrolled. */
    private void requireNoOthers(Map<String, Integer> stored) throws IOException {
        Map<String, Integer> others = new TreeMap<>(stored);
        others.keySet().removeAll(packIds());
        if (!others.isEmpty()) {
            throw new StoreException("the gallery for " + purpose + " has references of other model packs, " + others
                    + ", which the pack " + current.packId()
                    + " cannot search: open it with alsoHolding(that pack) until"
                    + " the people are enrolled anew, or with leavingOtherPacks()");
        }
    }

    Shelf current() {
        return current;
    }

    Set<String> packIds() {
        Set<String> ids = new TreeSet<>(older.keySet());
        ids.add(current.packId());
        return Set.copyOf(ids);
    }

    int size() {
        return size(Set.of());
    }

    /** References in some groups, or in all if none is given. */
    int size(Set<String> groups) {
        return all().mapToInt(shelf -> shelf.size(groups)).sum();
    }

    /** The groups of a person, which are the same with every pack. */
    Set<String> groupsOf(PersonId person) {
        return all().filter(shelf -> shelf.has(person))
                .findFirst()
                .map(shelf -> shelf.groupsOf(person))
                .orElse(Set.of());
    }

    /** Puts a person into these groups, in memory. */
    void assign(PersonId person, Set<String> groups) {
        all().forEach(shelf -> shelf.assign(person, groups));
    }

    private Stream<Shelf> all() {
        return Stream.concat(Stream.of(current), older.values().stream());
    }

    /**
     * Where a template can be looked for; empty if its pack was dropped.
     *
     * @throws IllegalArgumentException if its pack was never here
     */
    Optional<Shelf> of(Template template) {
        Optional<Shelf> shelf =
                all().filter(each -> each.packId().equals(template.packId())).findFirst();
        if (shelf.isEmpty() && !dropped.contains(template.packId())) {
            throw otherPack(template);
        }
        return shelf;
    }

    /** The present pack's, if the template is of it. */
    Shelf requireCurrent(Template template) {
        if (!template.packId().equals(current.packId())) {
            throw otherPack(template);
        }
        return current;
    }

    /** As {@link #of}, for templates of older packs only. */
    Optional<Shelf> olderOf(Template template) {
        if (template.packId().equals(current.packId())) {
            throw new IllegalArgumentException(
                    "a template to compare also is of an older pack, not of the present one, " + current.packId()
                            + ": with that it is compared anyway");
        }
        return of(template);
    }

    private IllegalArgumentException otherPack(Template template) {
        return new IllegalArgumentException("the gallery for " + purpose + " enrols templates of the pack "
                + current.packId() + (older.isEmpty() ? "" : " and searches those of " + older.keySet() + " too")
                + ", this one is of " + template.packId());
    }

    /** Removes a person from memory; answers how many references there were. */
    int remove(PersonId person) {
        return all().mapToInt(shelf -> shelf.remove(person)).sum();
    }

    MigrationProgress migration() {
        Set<PersonId> left = new TreeSet<>();
        older.values()
                .forEach(shelf -> shelf.forEachPerson((person, at) -> {
                    if (!current.has(person)) {
                        left.add(person);
                    }
                }));
        return new MigrationProgress(current.packId(), current.people(), List.copyOf(left));
    }

    /** Drops the older packs from memory and store; answers how many references there were. */
    int dropOlder() throws IOException {
        MigrationProgress progress = migration();
        if (!progress.isFinished()) {
            throw new IllegalStateException(progress.left().size() + " people of the gallery for " + purpose
                    + " have references of older packs only: enrol them anew or remove them, see migration()");
        }
        int references = 0;
        for (Shelf shelf : List.copyOf(older.values())) {
            shelf.clear();
            references += shelf.table().deletePack();
            older.remove(shelf.packId());
            dropped.add(shelf.packId());
        }
        return references;
    }

    void clear() {
        all().forEach(Shelf::clear);
    }
}
