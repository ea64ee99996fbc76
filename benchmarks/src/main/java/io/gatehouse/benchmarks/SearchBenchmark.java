package io.gatehouse.benchmarks;

import io.gatehouse.biometrics.gallery.search.IndexOptions;
import io.gatehouse.biometrics.gallery.search.Neighbour;
import io.gatehouse.biometrics.gallery.search.Search;
import io.gatehouse.biometrics.gallery.search.SearchMode;
import io.gatehouse.biometrics.gallery.search.VectorIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One to many: queries a second of each mode, one probe at a time and 64 at once, half of them of people who are there.
 * Without {@code --add-modules jdk.incubator.vector} among the arguments of the forked JVM it is plain Java. A million references of
 * 128 numbers need {@code -Xmx2g}, of 512 {@code -Xmx5g}; ten million of 128 {@code -Xmx12g}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class SearchBenchmark {
    private static final int BATCH = 64;

    @Param({"PLAIN", "EXACT", "BOUNDED"})
    private SearchMode mode;

    @Param({"10000", "100000", "1000000"})
    private int references;

    @Param({"128", "512"})
    private int dimension;

    @Param({"1", "2"})
    private int threads;

    @Param({"crowded", "sphere"})
    private String data;

    private ExecutorService executor;
    private VectorIndex index;
    private List<float[]> probes;
    private Search search;
    private int turn;

    @Setup
    public void fill() throws IOException {
        executor = Executors.newFixedThreadPool(threads);
        index = VectorIndex.create(IndexOptions.of(dimension).withMode(mode).withThreads(executor, threads));
        SearchData embeddings = SearchData.of(data, dimension);
        search = Search.within(embeddings.limit()).best(10);
        probes = new ArrayList<>();
        for (int i = 0; i < references; i++) {
            float[] person = embeddings.person();
            index.add(i, person);
            if (i % (references / BATCH) == 0 && probes.size() < BATCH) {
                probes.add(probes.size() % 2 == 0 ? embeddings.capture(person) : embeddings.person());
            }
        }
        int found = index.searchAll(probes, search).stream()
                .mapToInt(list -> list.isEmpty() ? 0 : 1)
                .sum();
        System.out.println(index.form() + "; " + index.memory() + "; " + found + " of " + BATCH + " probes known");
    }

    @TearDown
    public void close() {
        index.close();
        executor.shutdown();
    }

    @Benchmark
    public List<Neighbour> one() {
        turn = (turn + 1) % BATCH;
        return index.search(probes.get(turn), search);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<List<Neighbour>> batch() {
        return index.searchAll(probes, search);
    }

    @Benchmark
    public boolean addAndRemove() {
        turn = (turn + 1) % BATCH;
        index.add(-1, probes.get(turn));
        return index.remove(-1);
    }
}
