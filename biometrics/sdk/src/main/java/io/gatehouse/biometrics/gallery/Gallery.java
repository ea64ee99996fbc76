package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.References.Candidate;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Calibration.Score;
import io.gatehouse.biometrics.model.Calibration.Threshold;
import io.gatehouse.biometrics.model.Calibration.UnsupportedRateException;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.TargetRate;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.ShredCertificate;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The references of people enrolled for one purpose with a model pack, and with older ones while people are enrolled
 * anew, each searched with probes of its own: in the store sealed by the vault, in memory
 * turned by a secret rotation of this gallery. A search compares with all of them exactly. Thread-safe: searches run
 * side by side and see one state; changes are made one at a time and are durable when the method returns.
 *
 * <p>A gallery holds to its purpose: a search for another is refused and recorded, and a person for whom the lawful
 * basis has gone is found by no search, even before the reference is removed. What the Java heap holds of overwritten
 * vectors until it is collected, and what the operating system swapped out, is beyond reach.
 */
public final class Gallery implements AutoCloseable {
    /** In the ledger: somebody searched for a purpose that the gallery is not for. */
    public static final EventKind SEARCH_REFUSED = EventKind.of("gallery.search-refused");

    /** In the ledger: a face that is another person's was enrolled all the same, and why. */
    public static final EventKind DUPLICATE_ALLOWED = EventKind.of("gallery.duplicate-allowed");

    private static final Logger LOG = System.getLogger(Gallery.class.getName());

    private final Purpose purpose;
    private final Vault vault;
    private final LawfulBasis lawfulBasis;
    private final GalleryRecords records;
    private final InstantSource clock;
    private final TemplateAging aging;
    private final Shelf current;
    // Of older packs, by their ids; empty when everybody has been enrolled anew.
    private final Map<String, Shelf> older = new TreeMap<>();
    private final Trends trends;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    Gallery(GalleryBuilder parts) throws IOException {
        this.purpose = parts.purpose;
        this.vault = parts.vault();
        this.lawfulBasis = parts.lawfulBasis();
        this.clock = parts.clock;
        this.aging = parts.aging;
        this.records = new GalleryRecords(purpose, parts.ledger, clock);
        this.current = shelf(parts, parts.pack);
        for (ModelPack pack : parts.olderPacks) {
            if (pack.id().equals(current.packId()) || older.put(pack.id(), shelf(parts, pack)) != null) {
                throw new IllegalArgumentException("the pack " + pack.id() + " was given twice to a gallery");
            }
        }
        if (!parts.leavesOtherPacks) {
            requireNoOthers();
        }
        this.trends = new Trends(parts.store(), vault, purpose, current.packId(), aging);
        trends.load();
    }

    private Shelf shelf(GalleryBuilder parts, ModelPack pack) throws IOException {
        int dimension = pack.requireEmbedder().dimension();
        ReferenceTable table = new ReferenceTable(parts.store(), vault, purpose, pack.id(), dimension);
        byte[] key = table.protectionKey(parts.random);
        try {
            return Shelf.open(pack, table, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** References that no search could find would look like people who are not enrolled. */
    private void requireNoOthers() throws IOException {
        Map<String, Integer> others = current.table().packs();
        others.remove(current.packId());
        others.keySet().removeAll(older.keySet());
        if (!others.isEmpty()) {
            throw new StoreException("the gallery for " + purpose + " has references of other model packs, " + others
                    + ", which the pack " + current.packId()
                    + " cannot search: open it with alsoHolding(that pack) until"
                    + " the people are enrolled anew, or with leavingOtherPacks()");
        }
    }

    /** A gallery for a purpose, of templates that the pack's embedder makes. */
    public static GalleryBuilder builder(Purpose purpose, ModelPack pack) {
        return new GalleryBuilder(purpose, pack);
    }

    public Purpose purpose() {
        return purpose;
    }

    /** The pack that people are enrolled with. */
    public String packId() {
        return current.packId();
    }

    /** All packs whose references it holds: that one and, while people are enrolled anew, older ones. */
    public Set<String> packIds() {
        return reading(() -> {
            Set<String> ids = new TreeSet<>(older.keySet());
            ids.add(current.packId());
            return Set.copyOf(ids);
        });
    }

    /** How many references there are. */
    public int size() {
        return reading(() -> shelves().mapToInt(Shelf::size).sum());
    }

    private Stream<Shelf> shelves() {
        return Stream.concat(Stream.of(current), older.values().stream());
    }

    /** As {@link #enrol(PersonId, Template, EnrolmentOptions)}: looks for duplicates, and references add up. */
    public Enrolment enrol(PersonId person, Template template) throws IOException {
        return enrol(person, template, EnrolmentOptions.DEFAULT);
    }

    /**
     * Keeps a reference of a person, of the present pack. A person whose template was shredded begins anew under a new
     * key, since there is a lawful basis again.
     *
     * @throws IOException              if it cannot be made durable, or an allowed duplicate recorded; then nothing is kept
     * @throws IllegalArgumentException if another pack made the template, or duplicates are looked for at a rate outside the
     *                                  calibration
     */
    public Enrolment enrol(PersonId person, Template template, EnrolmentOptions options) throws IOException {
        Objects.requireNonNull(template, "template");
        if (!template.packId().equals(current.packId())) {
            throw otherPack(template);
        }
        float[] vector = current.protect(template);
        lock.writeLock().lock();
        try {
            requireOpen();
            // Asked within the turn: a withdrawal that came before is seen, one that comes now removes what is kept
            // here.
            Optional<Reason> refusal = lawfulBasis
                    .basisFor(person, purpose, DataClass.FACE_TEMPLATE)
                    .refusal();
            if (refusal.isPresent()) {
                return new Enrolment.Refused(refusal.get());
            }
            List<Enrolment.Duplicate.Candidate> others =
                    options.isChecked() ? others(person, vector, options.duplicateFalseMatchRate()) : List.of();
            if (!others.isEmpty()) {
                if (options.allowedDuplicate().isEmpty()) {
                    return new Enrolment.Duplicate(others);
                }
                records.duplicateAllowed(
                        person, others.size(), options.allowedDuplicate().get());
            }
            return keep(person, vector, options.isReplacing());
        } finally {
            lock.writeLock().unlock();
            Arrays.fill(vector, 0);
        }
    }

    /** Other people with such a face. */
    private List<Enrolment.Duplicate.Candidate> others(PersonId person, float[] vector, double rate) {
        Calibration calibration = current.calibration();
        return current.near(vector, calibration.distanceAt(rate)).stream()
                .filter(candidate -> !candidate.person().equals(person) && isLawful(candidate.person()))
                .map(candidate -> new Enrolment.Duplicate.Candidate(
                        candidate.person(), calibration.scoreAt(candidate.distance())))
                .toList();
    }

    private Enrolment keep(PersonId person, float[] vector, boolean isReplacing) throws IOException {
        UUID id = UUID.randomUUID();
        Instant at = clock.instant();
        insert(id, person, vector, at, isReplacing);
        if (isReplacing) {
            shelves().forEach(shelf -> shelf.remove(person));
            trends.remove(person);
        }
        current.add(person, vector, at);
        return new Enrolment.Enrolled(id, person, at);
    }

    private void insert(UUID id, PersonId person, float[] vector, Instant at, boolean isReplacing) throws IOException {
        try {
            current.table().insert(id, person, vector, at, isReplacing);
        } catch (ShreddedException shredded) {
            vault.renew(person, DataClass.FACE_TEMPLATE);
            current.table().insert(id, person, vector, at, isReplacing);
        }
    }

    /**
     * One to many: who is this, if anyone here?
     *
     * @param asked what the answer is wanted for
     * @throws IllegalArgumentException if another pack made the probe, or a false match rate is outside the calibration
     */
    public SearchResult identify(Purpose asked, Template probe, SearchOptions options) {
        Shelf shelf = shelfOf(probe);
        if (!asked.equals(purpose)) {
            return records.refused(asked);
        }
        Threshold threshold;
        try {
            threshold = shelf.calibration().threshold(options.target(), size());
        } catch (UnsupportedRateException e) {
            return outgrown(options, e);
        }
        List<Candidate> candidates = near(shelf, probe, threshold.distance()).stream()
                .filter(candidate -> isLawful(candidate.person()))
                .toList();
        if (candidates.isEmpty()) {
            return new SearchResult.Unknown();
        }
        Candidate best = candidates.get(0);
        List<PersonId> tooNear = candidates.stream()
                .filter(candidate -> candidate.distance() <= best.distance() * (1 + options.margin()))
                .map(Candidate::person)
                .toList();
        return options.margin() > 0 && tooNear.size() > 1
                ? new SearchResult.Ambiguous(tooNear)
                : known(shelf, best, options.target());
    }

    private SearchResult known(Shelf shelf, Candidate candidate, TargetRate target) {
        observe(shelf, candidate);
        Score score = shelf.calibration().score(candidate.distance(), target.extrapolated());
        return new SearchResult.Known(candidate.person(), score.value(), score.extrapolated());
    }

    /** A rate of whole searches was in reach when the gallery was smaller: that is nobody's mistake before this gate. */
    private SearchResult outgrown(SearchOptions options, UnsupportedRateException e) {
        if (options.target().kind() == TargetRate.Kind.FALSE_MATCH) {
            throw e;
        }
        Reason reason = Reason.of("gallery.rate-not-supported", "The gallery for " + purpose + ": " + e.getMessage());
        LOG.log(Level.WARNING, reason::toString);
        return new SearchResult.Refused(reason);
    }

    /**
     * One to one: is this the person they claim to be? Known or unknown, never ambiguous.
     *
     * @param asked          what the answer is wanted for
     * @param falseMatchRate at most this part of impostors is taken for the person
     * @throws IllegalArgumentException as for {@link #identify}
     */
    public SearchResult verify(Purpose asked, PersonId claimed, Template probe, double falseMatchRate) {
        Shelf shelf = shelfOf(probe);
        TargetRate target = TargetRate.ofFalseMatches(falseMatchRate);
        double limit = shelf.calibration().threshold(target, 1).distance();
        if (!asked.equals(purpose)) {
            return records.refused(asked);
        }
        return near(shelf, probe, limit).stream()
                .filter(candidate -> candidate.person().equals(claimed) && isLawful(claimed))
                .findFirst()
                .map(candidate -> known(shelf, candidate, target))
                .orElseGet(SearchResult.Unknown::new);
    }

    /**
     * Removes a person from this gallery: no search finds them when this returns, the rows are deleted and the vectors in
     * memory overwritten. The key in the vault stays, since other galleries may use it; see {@link #forget}.
     *
     * @return whether there was anything
     * @throws IOException if the rows cannot be deleted; the person is not found any more all the same
     */
    public boolean remove(PersonId person) throws IOException {
        lock.writeLock().lock();
        try {
            requireOpen();
            int inMemory = shelves().mapToInt(shelf -> shelf.remove(person)).sum();
            trends.remove(person);
            return current.table().delete(person) > 0 || inMemory > 0;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Removes a person and destroys the key of their face templates, so that copies and backups are worthless too, and so
     * are their references in galleries for other purposes.
     *
     * @throws IOException if rows cannot be deleted or the key cannot be destroyed: call again
     */
    public ShredCertificate forget(PersonId person) throws IOException {
        lock.writeLock().lock();
        try {
            remove(person);
            return vault.shred(person, DataClass.FACE_TEMPLATE);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** How far the people have come from older packs to the present one. */
    public MigrationProgress migration() {
        return reading(() -> {
            Set<PersonId> left = new TreeSet<>();
            older.values().forEach(shelf -> left.addAll(shelf.people()));
            left.removeAll(current.people());
            return new MigrationProgress(current.packId(), current.people().size(), List.copyOf(left));
        });
    }

    /**
     * Deletes the references of older packs, when everybody has one of the present pack, also from what is free in the
     * database's files. Their key stays: it is the person's, and seals the new reference too.
     *
     * @return how many references there were
     * @throws IllegalStateException if somebody is left: enrol them anew or remove them
     * @throws IOException           if they cannot be deleted; no search finds them any more all the same
     */
    public int dropOlderPacks() throws IOException {
        lock.writeLock().lock();
        try {
            requireOpen();
            MigrationProgress progress = migration();
            if (!progress.isFinished()) {
                throw new IllegalStateException(progress.left().size() + " people of the gallery for " + purpose
                        + " have references of older packs only: enrol them anew or remove them, see migration()");
            }
            int dropped = 0;
            for (Shelf shelf : List.copyOf(older.values())) {
                shelf.clear();
                dropped += shelf.table().deletePack();
                older.remove(shelf.packId());
            }
            return dropped;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Who should be enrolled anew, and why: an older pack, an old reference, a face that drifts from it (ATT-15). */
    public List<ReenrolmentProposal> proposals() {
        Instant now = clock.instant();
        List<ReenrolmentProposal> proposals = new ArrayList<>();
        reading(() -> {
            migration().left().forEach(person -> proposals.add(new ReenrolmentProposal(person, Aged.PACK)));
            current.newest().forEach((person, at) -> {
                if (at.plus(aging.maxAge()).isBefore(now)) {
                    proposals.add(new ReenrolmentProposal(person, Aged.AGE));
                } else if (trends.hasRisen(person)) {
                    proposals.add(new ReenrolmentProposal(person, Aged.DRIFT));
                }
            });
            return proposals;
        });
        proposals.sort(Comparator.comparing(ReenrolmentProposal::person));
        return List.copyOf(proposals);
    }

    /**
     * Makes the trends of accepted probes durable; {@link #close()} does so too. Call it now and then, for example each
     * hour: what a crash loses is the share of the trends since the last time.
     *
     * @throws IOException if they cannot be written; what was not is tried again the next time
     */
    public void saveTrends() throws IOException {
        lock.writeLock().lock();
        try {
            requireOpen();
            trends.save();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Only of a person who is still here: a removal that overtook the search must not leave a trend behind. */
    private void observe(Shelf shelf, Candidate candidate) {
        reading(() -> {
            if (shelf == current && current.people().contains(candidate.person())) {
                trends.add(candidate.person(), candidate.distance());
            }
            return candidate;
        });
    }

    /** Saves the trends and overwrites the references in memory. Store and vault stay open: they belong to the caller. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                trends.save();
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the trends of the gallery for " + purpose + " could not be saved", e);
        } finally {
            closed = true;
            shelves().forEach(Shelf::clear);
            lock.writeLock().unlock();
        }
    }

    private List<Candidate> near(Shelf shelf, Template probe, double distance) {
        float[] vector = shelf.protect(probe);
        return reading(() -> shelf.near(vector, distance));
    }

    private boolean isLawful(PersonId person) {
        return lawfulBasis.basisFor(person, purpose, DataClass.FACE_TEMPLATE).isLawful();
    }

    private <T> T reading(Supplier<T> work) {
        lock.readLock().lock();
        try {
            requireOpen();
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the gallery for " + purpose + " is closed");
        }
    }

    private Shelf shelfOf(Template probe) {
        Objects.requireNonNull(probe, "probe");
        return reading(() -> {
            if (probe.packId().equals(current.packId())) {
                return current;
            }
            Shelf shelf = older.get(probe.packId());
            if (shelf == null) {
                throw otherPack(probe);
            }
            return shelf;
        });
    }

    private IllegalArgumentException otherPack(Template template) {
        return new IllegalArgumentException("the gallery for " + purpose + " enrols templates of the pack "
                + current.packId() + (older.isEmpty() ? "" : " and searches those of " + older.keySet() + " too")
                + ", this one is of " + template.packId());
    }

    @Override
    public String toString() {
        return "Gallery[" + purpose + ", " + current.packId() + "]";
    }

    /** What is said to those who are to be enrolled anew. */
    private static final class Aged {
        private static final Reason PACK =
                Reason.of("template.old-pack", "The face was enrolled with an older model: enrol it anew.");
        private static final Reason AGE = Reason.of("template.old", "The face was enrolled long ago: enrol it anew.");
        private static final Reason DRIFT =
                Reason.of("template.drift", "The face has come to differ from the enrolled one: enrol it anew.");
    }
}
