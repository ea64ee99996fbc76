package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.search.IndexOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the ports of a gallery. Not thread-safe. */
public final class GalleryBuilder {
    final Purpose purpose;
    final ModelPack pack;
    Optional<Ledger> ledger = Optional.empty();
    final List<ModelPack> olderPacks = new ArrayList<>();
    boolean leavesOtherPacks;
    LoadListener loadListener = (loaded, total) -> {};
    // As many places as an array can have.
    int maxReferences = Integer.MAX_VALUE - 8;
    TemplateAging aging = TemplateAging.DEFAULT;
    RecordOptions recording = RecordOptions.QUEUED;
    Optional<SearchLimit> limit = Optional.empty();
    Optional<SearchLimit> limitPerCaller = Optional.empty();
    int searchesAtOnce = Runtime.getRuntime().availableProcessors();
    private UnaryOperator<IndexOptions> threads = options -> options;
    InstantSource clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    private @Nullable Store store;
    private @Nullable Vault vault;
    private @Nullable LawfulBasis lawfulBasis;

    GalleryBuilder(Purpose purpose, ModelPack pack) {
        this.purpose = Objects.requireNonNull(purpose, "purpose");
        this.pack = Objects.requireNonNull(pack, "pack");
    }

    /** Where references are kept. */
    public GalleryBuilder store(Store value) {
        this.store = Objects.requireNonNull(value, "store");
        return this;
    }

    /** What seals them. */
    public GalleryBuilder vault(Vault value) {
        this.vault = Objects.requireNonNull(value, "vault");
        return this;
    }

    /** What is asked before a person's face is taken, and before a match is told. */
    public GalleryBuilder lawfulBasis(LawfulBasis value) {
        this.lawfulBasis = Objects.requireNonNull(value, "lawfulBasis");
        return this;
    }

    /**
     * Where searches are recorded, and those that were refused; without one these are only logged. Duplicates can be allowed
     * only with one.
     */
    public GalleryBuilder ledger(Ledger value) {
        this.ledger = Optional.of(value);
        return this;
    }

    /**
     * A pack from before, whose references can be searched, with probes that it made, until their people are enrolled anew.
     * Nobody is enrolled with it any more; whether a face is there under another name is seen only if its template of this
     * pack is given too, see {@link EnrolmentOptions#alsoComparing}.
     */
    public GalleryBuilder alsoHolding(ModelPack older) {
        olderPacks.add(Objects.requireNonNull(older, "older"));
        return this;
    }

    /**
     * Opens the gallery although it has references of packs that were not given: they stay in the store and are found by
     * no search. Without this such a gallery is not opened.
     */
    public GalleryBuilder leavingOtherPacks() {
        this.leavesOtherPacks = true;
        return this;
    }

    /** Who hears how far {@link #open} has come. */
    public GalleryBuilder loadListener(LoadListener value) {
        this.loadListener = Objects.requireNonNull(value, "loadListener");
        return this;
    }

    /**
     * At most so many references of a pack, for the memory that there is; who comes when it is full is refused as
     * {@code gallery.full}. Without this, as many as an array can have places, which is a few less than 2³¹.
     */
    public GalleryBuilder maxReferences(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("a gallery has room for at least 1 reference, not " + value);
        }
        this.maxReferences = Math.min(value, Integer.MAX_VALUE - 8);
        return this;
    }

    /** When enrolment anew is proposed. */
    public GalleryBuilder aging(TemplateAging value) {
        this.aging = Objects.requireNonNull(value, "aging");
        return this;
    }

    /** When a search must be in the ledger; {@link RecordOptions#QUEUED} without this. */
    public GalleryBuilder recording(RecordOptions value) {
        this.recording = Objects.requireNonNull(value, "recording");
        return this;
    }

    /** How many searches everybody together may make. Those beyond are refused as {@code gallery.too-many-searches}. */
    public GalleryBuilder limit(SearchLimit value) {
        this.limit = Optional.of(value);
        return this;
    }

    /**
     * How many searches each caller may make ({@link SearchOptions#by}); those without a name are one caller, and so are
     * those beyond a thousand that are busy.
     */
    public GalleryBuilder limitPerCaller(SearchLimit value) {
        this.limitPerCaller = Optional.of(value);
        return this;
    }

    /**
     * Shares one search among threads where there are many references. The thread that searches works too, and alone if the
     * executor has no time.
     *
     * @param executor       runs parts of searches; stays the caller's to shut down
     * @param number         how many threads work on one search, the searching one included
     * @param fromReferences from so many references of a pack on
     */
    public GalleryBuilder searchThreads(Executor executor, int number, int fromReferences) {
        // Checked now and not when the gallery opens.
        IndexOptions.of(1).withThreads(executor, number).withParallelFrom(fromReferences);
        this.threads = options -> options.withThreads(executor, number).withParallelFrom(fromReferences);
        return this;
    }

    /** As the other, from 20,000 references on. */
    public GalleryBuilder searchThreads(Executor executor, int number) {
        return searchThreads(executor, number, IndexOptions.of(1).parallelFrom());
    }

    /** How many searches run side by side; the others wait in line and come as they came. The processors without this. */
    public GalleryBuilder searchesAtOnce(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("at least 1 search runs at a time, not " + number);
        }
        this.searchesAtOnce = number;
        return this;
    }

    public GalleryBuilder clock(InstantSource value) {
        this.clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    public GalleryBuilder random(SecureRandom value) {
        this.random = Objects.requireNonNull(value, "random");
        return this;
    }

    /**
     * Opens the gallery and loads its references, on all processors. People whose key was shredded are left out and their
     * rows deleted; anything else that cannot be opened is said and nothing is open then: a gallery with people
     * missing would look like one in which they are not enrolled.
     *
     * @throws IOException          if the store or the vault cannot be read, a reference was altered (the message has its
     *                              id), the database is damaged, references of a pack are there that was not given, or
     *                              more than it is to have
     * @throws NullPointerException if store, vault or lawful basis were not given
     * @throws IllegalStateException if searches must be recorded before the answer and there is no ledger
     */
    public Gallery open() throws IOException {
        return new Gallery(this);
    }

    IndexOptions index(int dimension) {
        return threads.apply(IndexOptions.of(dimension).withMaxReferences(maxReferences));
    }

    Store store() {
        return Objects.requireNonNull(store, "a gallery needs a store");
    }

    Vault vault() {
        return Objects.requireNonNull(vault, "a gallery needs a vault");
    }

    LawfulBasis lawfulBasis() {
        return Objects.requireNonNull(lawfulBasis, "a gallery needs a lawful basis");
    }
}
