package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.References.Candidate;
import io.gatehouse.biometrics.model.Calibration.Score;
import io.gatehouse.biometrics.model.Calibration.Threshold;
import io.gatehouse.biometrics.model.Calibration.UnsupportedRateException;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.TargetRate;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.protect.TemplateProtector;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.vault.ShredCertificate;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The references of people enrolled for one purpose with one model pack: in the store sealed by the vault, in memory
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

    private static final Logger LOG = System.getLogger(Gallery.class.getName());

    private final Purpose purpose;
    private final String packId;
    private final EmbedderModel embedder;
    private final Vault vault;
    private final LawfulBasis lawfulBasis;
    private final Optional<Ledger> ledger;
    private final InstantSource clock;
    private final ReferenceTable table;
    private final TemplateProtector protector;
    private final References references;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    Gallery(GalleryBuilder parts) throws IOException {
        this.purpose = parts.purpose;
        this.packId = parts.pack.id();
        this.embedder = parts.pack.requireEmbedder();
        this.vault = parts.vault();
        this.lawfulBasis = parts.lawfulBasis();
        this.ledger = parts.ledger;
        this.clock = parts.clock;
        this.table = new ReferenceTable(parts.store(), vault, purpose, packId, embedder.dimension());
        byte[] key = table.protectionKey(parts.random);
        this.protector = TemplateProtector.of(key, embedder.dimension());
        Arrays.fill(key, (byte) 0);
        this.references = new References(embedder.dimension());
        table.load(references::add);
    }

    /** A gallery for a purpose, of templates that the pack's embedder makes. */
    public static GalleryBuilder builder(Purpose purpose, ModelPack pack) {
        return new GalleryBuilder(purpose, pack);
    }

    public Purpose purpose() {
        return purpose;
    }

    /** The pack whose templates it holds. */
    public String packId() {
        return packId;
    }

    /** How many references there are. */
    public int size() {
        return reading(references::size);
    }

    /**
     * Keeps a reference of a person. Several of one person are kept side by side. A person whose template was shredded
     * begins anew under a new key, since there is a lawful basis again.
     *
     * @throws IOException              if it cannot be made durable; then nothing is kept
     * @throws IllegalArgumentException if another pack made the template
     */
    public Enrolment enrol(PersonId person, Template template) throws IOException {
        requireSamePack(template);
        float[] vector = protector.protect(template.vector());
        UUID id = UUID.randomUUID();
        Instant at = clock.instant();
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
            insert(id, person, vector, at);
            references.add(person, vector);
        } finally {
            lock.writeLock().unlock();
            Arrays.fill(vector, 0);
        }
        return new Enrolment.Enrolled(id, person, at);
    }

    private void insert(UUID id, PersonId person, float[] vector, Instant at) throws IOException {
        try {
            table.insert(id, person, vector, at);
        } catch (ShreddedException shredded) {
            vault.renew(person, DataClass.FACE_TEMPLATE);
            table.insert(id, person, vector, at);
        }
    }

    /**
     * One to many: who is this, if anyone here?
     *
     * @param asked what the answer is wanted for
     * @throws IllegalArgumentException if another pack made the probe, or a false match rate is outside the calibration
     */
    public SearchResult identify(Purpose asked, Template probe, SearchOptions options) {
        requireSamePack(probe);
        if (!asked.equals(purpose)) {
            return refused(asked);
        }
        Threshold threshold;
        try {
            threshold = embedder.calibration().threshold(options.target(), size());
        } catch (UnsupportedRateException e) {
            return outgrown(options, e);
        }
        List<Candidate> candidates = near(probe, threshold.distance()).stream()
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
                : known(best, options.target());
    }

    private SearchResult known(Candidate candidate, TargetRate target) {
        Score score = embedder.calibration().score(candidate.distance(), target.extrapolated());
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
        requireSamePack(probe);
        TargetRate target = TargetRate.ofFalseMatches(falseMatchRate);
        double limit = embedder.calibration().threshold(target, 1).distance();
        if (!asked.equals(purpose)) {
            return refused(asked);
        }
        return near(probe, limit).stream()
                .filter(candidate -> candidate.person().equals(claimed) && isLawful(claimed))
                .findFirst()
                .map(candidate -> known(candidate, target))
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
            int inMemory = references.remove(person);
            return table.delete(person) > 0 || inMemory > 0;
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

    /** Overwrites the references in memory. Store and vault stay open: they belong to the caller. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            references.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private List<Candidate> near(Template probe, double distance) {
        float[] vector = protector.protect(probe.vector());
        return reading(() -> references.nearerThan(vector, distance));
    }

    private boolean isLawful(PersonId person) {
        return lawfulBasis.basisFor(person, purpose, DataClass.FACE_TEMPLATE).isLawful();
    }

    private SearchResult refused(Purpose asked) {
        Reason reason = Reason.format(
                "gallery.other-purpose",
                "These faces were enrolled for %s; they may not be searched for %s: ask the people for consent.",
                purpose,
                asked);
        LOG.log(Level.WARNING, reason::toString);
        ledger.ifPresent(it -> record(it, asked));
        return new SearchResult.Refused(reason);
    }

    private void record(Ledger into, Purpose asked) {
        try {
            into.append(LedgerEvent.builder(SEARCH_REFUSED, clock.instant())
                    .fact("gallery", purpose.value())
                    .fact("asked", asked.value())
                    .build());
        } catch (IOException | RuntimeException e) {
            // The search stays refused, which is what protects the people; the log has the attempt.
            LOG.log(Level.ERROR, "a refused search could not be recorded", e);
        }
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

    private void requireSamePack(Template template) {
        Objects.requireNonNull(template, "template");
        if (!template.packId().equals(packId) || template.dimension() != embedder.dimension()) {
            throw new IllegalArgumentException("the gallery for " + purpose + " holds templates of the pack " + packId
                    + " with " + embedder.dimension() + " numbers, not of " + template.packId() + " with "
                    + template.dimension());
        }
    }

    @Override
    public String toString() {
        return "Gallery[" + purpose + ", " + packId + "]";
    }
}
