package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.References.Candidate;
import io.gatehouse.biometrics.gallery.search.IndexOptions;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Distance;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.protect.TemplateProtector;
import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiConsumer;

/** What a gallery holds of one model pack. Not thread-safe: the gallery locks. */
final class Shelf {
    private static final double UNIT = 1e-3;
    // Well inside what the index takes, since turning a vector rounds it.
    private static final double LEAST_SQUARES = 1e-11;
    private static final double MOST_SQUARES = 1e11;

    private final String packId;
    private final EmbedderModel embedder;
    private final IndexOptions options;
    private final ReferenceTable table;
    private final TemplateProtector protector;
    private final References references;

    private Shelf(
            String packId,
            EmbedderModel embedder,
            ReferenceTable table,
            TemplateProtector protector,
            IndexOptions options) {
        this.packId = packId;
        this.embedder = embedder;
        this.options = options;
        this.table = table;
        this.protector = protector;
        this.references = new References(options);
    }

    /** An empty one, to be {@linkplain #load loaded}. */
    static Shelf open(GalleryBuilder parts, ModelPack pack, RotationKey.Pair keys) {
        EmbedderModel embedder = pack.requireEmbedder();
        int dimension = embedder.dimension();
        ReferenceTable table = new ReferenceTable(
                parts.store(),
                parts.vault(),
                parts.purpose,
                pack.id(),
                ReferenceCodec.of(parts.purpose, pack.id(), dimension, keys));
        return new Shelf(pack.id(), embedder, table, keys.newest().protector(dimension), parts.index(dimension));
    }

    /** An empty one of the same pack, under the newest of these keys. */
    Shelf under(RotationKey.Pair keys) {
        int dimension = embedder.dimension();
        return new Shelf(
                packId, embedder, table.under(keys, dimension), keys.newest().protector(dimension), options);
    }

    /** Takes what is in the store. */
    void load(LoadProgress progress) throws IOException {
        table.load(this::add, progress);
    }

    String packId() {
        return packId;
    }

    Calibration calibration() {
        return embedder.calibration();
    }

    ReferenceTable table() {
        return table;
    }

    int size() {
        return references.size();
    }

    /** How many references there are in some groups, or in all if none is given. */
    int size(Set<String> groups) {
        return references.size(groups);
    }

    void assign(PersonId person, Set<String> groups) {
        references.assign(person, groups);
    }

    Set<String> groupsOf(PersonId person) {
        return references.groupsOf(person);
    }

    /** How many references a person has. */
    int count(PersonId person) {
        return references.count(person);
    }

    int dimension() {
        return embedder.dimension();
    }

    /** Whether so many more fit in. */
    boolean hasRoomFor(int more) {
        return references.size() + (long) more <= options.maxReferences();
    }

    /** Takes references as the model made them. */
    interface Clear {
        void accept(PersonId person, float[] vector, Instant at);
    }

    /** Hands over what is in the store, turned back; the vector is overwritten when that returns. */
    void readClear(Clear sink) throws IOException {
        table.load(
                (person, vector, groups, at) -> {
                    float[] clear = protector.unprotect(vector);
                    sink.accept(person, clear, at);
                    Arrays.fill(clear, 0);
                },
                new LoadProgress((loaded, total) -> {}, size()));
    }

    /** How many people they are of. */
    int people() {
        return references.people();
    }

    boolean has(PersonId person) {
        return references.has(person);
    }

    /** Everybody, and when the newest of their references was made. */
    void forEachPerson(BiConsumer<PersonId, Instant> action) {
        references.forEachPerson(action);
    }

    /**
     * Whether a reference of a person fits in.
     *
     * @param isReplacing when their others are gone
     */
    boolean hasRoomFor(PersonId person, boolean isReplacing) {
        return isReplacing ? references.hasRoomWithout(person) : references.hasRoom();
    }

    /** The vector turned by the gallery's secret; the caller overwrites it. */
    float[] protect(Template template) {
        float[] vector = template.vector();
        if (vector.length != embedder.dimension()) {
            throw new IllegalArgumentException("templates of the pack " + packId + " have " + embedder.dimension()
                    + " numbers, not " + vector.length);
        }
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (!(squares >= LEAST_SQUARES && squares <= MOST_SQUARES)) {
            throw new IllegalArgumentException("a template's squares add up to between " + LEAST_SQUARES + " and "
                    + MOST_SQUARES + ", not to " + squares + ": no embedder gives such numbers");
        }
        if (embedder.distance() == Distance.COSINE && Math.abs(Math.sqrt(squares) - 1) > UNIT) {
            throw new IllegalArgumentException(
                    "templates of the pack " + packId + " are compared by their angle and have" + " length 1, not "
                            + Math.sqrt(squares) + ": make them with Template.ofLengthOne");
        }
        return protector.protect(vector);
    }

    List<Candidate> near(float[] vector, double distance) {
        return near(List.of(vector), distance, Set.of()).get(0);
    }

    /** For each vector, among the people of some groups, or all if none is given. */
    List<List<Candidate>> near(List<float[]> vectors, double distance, Set<String> groups) {
        return references.nearerThan(vectors, distance, groups);
    }

    List<Candidate> nearest(float[] vector, int most, Set<String> groups) {
        return references.nearest(vector, most, groups);
    }

    /** How far a person's nearest reference is, if they are in one of the groups, or none is given. */
    OptionalDouble distance(PersonId person, float[] vector, Set<String> groups) {
        boolean isAmong = groups.isEmpty() || !Collections.disjoint(groups, references.groupsOf(person));
        return isAmong ? references.distance(person, vector) : OptionalDouble.empty();
    }

    void add(PersonId person, float[] vector, Set<String> groups, Instant at) {
        references.add(person, vector, groups, at);
    }

    int remove(PersonId person) {
        return references.remove(person);
    }

    void clear() {
        references.clear();
    }
}
