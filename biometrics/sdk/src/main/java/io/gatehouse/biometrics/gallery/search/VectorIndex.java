package io.gatehouse.biometrics.gallery.search;

import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * References as float32 vectors in memory, and which of them are nearest to a probe by Euclidean distance. Thread-safe.
 * Wrong calls are refused with {@link IllegalArgumentException} or, after {@link #close}, {@link IllegalStateException};
 * the index stays as it was.
 *
 * <p><b>The idea.</b> Whoever asks "who is this?" knows how near a match must be, and almost everybody else is far
 * beyond. So a first pass over a few bits a number leaves out what cannot be near enough, and only what is left is compared
 * in float32, by the same arithmetic as a comparison with everybody. {@link Bound} proves that nothing is left out
 * that matters: always ({@link SearchMode#EXACT}) or all but surely ({@link SearchMode#BOUNDED}). What loses: a graph such
 * as HNSW may be faster among many millions, but misses some without saying which, takes minutes to build and
 * cannot forget at once; a scan in float32 is bound by the memory's speed.
 *
 * <p><b>The centre.</b> Embeddings often crowd round one direction (dlib's have cosines of about 0.83), and then
 * codes would spend their bits on what all have in common. So they are of the difference from a centre, which is the mean of the
 * first 256 references and stays: any centre is right, and a better one is hardly faster. It outlives the references that it was made of, as
 * a mean of so many, until {@link #close}.
 *
 * <p><b>Memory.</b> Segments of 1,024 references, in arrays on the heap. Outside it loops would be slower in plain Java
 * 17: C2 turns no loop over buffers or offsets into vector instructions as it does with whole arrays, and the Vector API of
 * 17 reads memory outside the heap in another way than that of later JDKs. The price is that a collector may have moved an
 * array before a vector in it was overwritten, and the old place keeps it until used again.
 *
 * <p><b>Consistency.</b> A search sees one state. Adding does not wait for searches: it writes behind the published size and
 * then publishes the next, so that a search begun before sees nothing of it. A removal moves the last reference into the gap;
 * it, a replacement and a change of groups wait until the searches under way have ended and hold up those that
 * come, so that when it returns no search finds the reference and vector, codes and id are overwritten.
 */
public final class VectorIndex implements AutoCloseable {
    private static final double LEAST_SQUARES = 1e-12;
    private static final double MOST_SQUARES = 1e12;

    private final IndexOptions options;
    private final Kernel kernel;
    private final Coder coder;
    private final Rows rows;
    /** Searches hold the read lock; who changes what is published holds the write lock, and then the turn. */
    private final ReadWriteLock published = new ReentrantReadWriteLock();
    /** Held by whoever writes. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile boolean closed;

    VectorIndex(IndexOptions options, Kernel kernel, SecureRandom random) {
        this.options = options;
        this.kernel = kernel;
        this.coder = coder(options, kernel, random);
        this.rows = new Rows(options.dimension(), kernel, coder);
    }

    /** An empty index. */
    public static VectorIndex create(IndexOptions options) {
        return create(options, new SecureRandom());
    }

    /** @param random what draws the rotation of {@link SearchMode#BOUNDED} */
    public static VectorIndex create(IndexOptions options, SecureRandom random) {
        return new VectorIndex(options, Kernels.best(), random);
    }

    private static Coder coder(IndexOptions options, Kernel kernel, SecureRandom random) {
        return switch (options.mode()) {
            case PLAIN -> new PlainCoder();
            case EXACT -> new ExactCoder(options.dimension(), kernel);
            case BOUNDED -> new BoundedCoder(options.dimension(), kernel, options.missProbability(), random);
        };
    }

    /** How many references there are. */
    public int size() {
        return rows.state().size();
    }

    /** How many references are in at least one of these groups. */
    public int size(Set<String> groups) {
        turn.lock();
        try {
            return rows.state().size(groups);
        } finally {
            turn.unlock();
        }
    }

    /** The groups of a reference; none if there is no such reference. */
    public Set<String> groupsOf(long id) {
        turn.lock();
        try {
            return rows.groupsOf(id);
        } finally {
            turn.unlock();
        }
    }

    public IndexOptions options() {
        return options;
    }

    /** How the inner loops run here, for logs and reports: in plain Java or with the Vector API. */
    public String form() {
        return kernel.name();
    }

    /**
     * Adds a reference; searches that begin when this has returned find it.
     *
     * @param id     any number that no reference here has
     * @param vector finite numbers, their squares adding up to 10⁻¹² to 10¹²; copied
     * @param groups which groups it is in
     */
    public void add(long id, float[] vector, Set<String> groups) {
        requireVector(vector);
        Set<String> in = Set.copyOf(groups);
        boolean centreIsDue;
        turn.lock();
        try {
            requireOpen();
            requireRoomFor(id);
            rows.add(id, vector, in);
            centreIsDue = rows.isCentreDue();
        } finally {
            turn.unlock();
        }
        if (centreIsDue) {
            centreOnce();
        }
    }

    public void add(long id, float[] vector) {
        add(id, vector, Set.of());
    }

    /**
     * Puts another vector in the place of a reference's, which is overwritten. Its groups stay.
     *
     * @return false if there is no such reference
     */
    public boolean replace(long id, float[] vector) {
        requireVector(vector);
        return changing(() -> rows.replace(id, vector));
    }

    /**
     * Puts a reference into these groups and takes it out of all others.
     *
     * @return false if there is no such reference
     */
    public boolean assign(long id, Set<String> groups) {
        Set<String> in = Set.copyOf(groups);
        return changing(() -> rows.assign(id, in));
    }

    /**
     * Removes a reference: when this returns no search finds it, and its vector, codes and id are overwritten.
     *
     * @return false if there is no such reference
     */
    public boolean remove(long id) {
        return changing(() -> rows.remove(id));
    }

    public boolean contains(long id) {
        turn.lock();
        try {
            return rows.contains(id);
        } finally {
            turn.unlock();
        }
    }

    /** One to one: the squared distance of a reference, or nothing if there is no such reference. */
    public OptionalDouble squaredDistance(long id, float[] probe) {
        requireVector(probe);
        turn.lock();
        try {
            requireOpen();
            return rows.squaredDistance(id, probe);
        } finally {
            turn.unlock();
        }
    }

    /** One to many: the references that are looked for, nearest first, of equally near ones that with the smaller id first. */
    public List<Neighbour> search(float[] probe, Search search) {
        return searchAll(List.of(probe), search).get(0);
    }

    /** Several probes at once, which costs less than one after another. All see one state; one list a probe. */
    public List<List<Neighbour>> searchAll(List<float[]> probes, Search search) {
        Objects.requireNonNull(search, "search");
        float[][] copies = new float[probes.size()][];
        for (int i = 0; i < copies.length; i++) {
            requireVector(probes.get(i));
            copies[i] = probes.get(i).clone();
        }
        published.readLock().lock();
        try {
            requireOpen();
            Coder.Sieve[] sieves = new Coder.Sieve[copies.length];
            for (int i = 0; i < copies.length; i++) {
                sieves[i] = rows.sieve(copies[i]);
            }
            return new Scan(rows.state(), kernel, coder, copies, sieves, search).run(options);
        } finally {
            published.readLock().unlock();
        }
    }

    /** How much memory it takes. */
    public MemoryUse memory() {
        turn.lock();
        try {
            return rows.memory();
        } finally {
            turn.unlock();
        }
    }

    /** Overwrites everything, when the searches under way have ended. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        changing(() -> {
            rows.wipe();
            closed = true;
            return true;
        });
    }

    /** Changes what searches may be reading: they end first, and none begins meanwhile. */
    private <T> T changing(Supplier<T> change) {
        return alone(() -> {
            requireOpen();
            return change.get();
        });
    }

    private <T> T alone(Supplier<T> change) {
        published.writeLock().lock();
        turn.lock();
        try {
            return change.get();
        } finally {
            turn.unlock();
            published.writeLock().unlock();
        }
    }

    /** Who added need not care whether the index was closed, emptied below the number or centred by another meanwhile. */
    private void centreOnce() {
        alone(() -> {
            boolean due = !closed && rows.isCentreDue();
            if (due) {
                rows.takeCentre();
            }
            return due;
        });
    }

    private void requireVector(float[] vector) {
        if (vector.length != options.dimension()) {
            throw new IllegalArgumentException(
                    "vectors here have " + options.dimension() + " numbers, not " + vector.length);
        }
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (!(squares >= LEAST_SQUARES && squares <= MOST_SQUARES)) {
            throw new IllegalArgumentException("a vector's numbers are finite and their squares add up to between "
                    + LEAST_SQUARES + " and " + MOST_SQUARES + ", not to " + squares);
        }
    }

    private void requireRoomFor(long id) {
        if (rows.contains(id)) {
            throw new IllegalArgumentException(
                    "there is a reference " + id + " already: replace it, or take another id");
        }
        if (size() >= options.maxReferences()) {
            throw new IllegalStateException("the index is full: it has " + size() + " references, as many as it may");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the index is closed");
        }
    }
}
