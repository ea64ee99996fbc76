package io.gatehouse.benchmarks;

import io.gatehouse.biometrics.gallery.search.IndexOptions;
import io.gatehouse.biometrics.gallery.search.Search;
import io.gatehouse.biometrics.gallery.search.SearchMode;
import io.gatehouse.biometrics.gallery.search.VectorIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The nearest reference by others: graphs of Lucene (HNSW) and JVector, which may miss it, and OpenBLAS, which multiplies with
 * all. One query at a time on one thread. Prints how long building took and how often the nearest was found.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class SearchPeerBenchmark {
    private static final int PROBES = 64;

    @Param({"LUCENE", "JVECTOR", "OPENBLAS"})
    private String peer;

    @Param({"10000", "100000"})
    private int references;

    @Param({"128", "512"})
    private int dimension;

    @Param({"crowded", "sphere"})
    private String data;

    private SearchPeer searched;
    private final List<float[]> probes = new ArrayList<>();
    private int turn;

    @Setup
    public void fill() throws IOException {
        SearchData embeddings = SearchData.of(data, dimension);
        List<float[]> vectors = new ArrayList<>();
        try (VectorIndex exact = VectorIndex.create(IndexOptions.of(dimension).withMode(SearchMode.EXACT))) {
            for (int i = 0; i < references; i++) {
                vectors.add(embeddings.person());
                exact.add(i, vectors.get(i));
            }
            for (int i = 0; i < PROBES; i++) {
                probes.add(embeddings.capture(vectors.get((int) ((long) i * references / PROBES))));
            }
            long begun = System.nanoTime();
            searched = SearchPeer.Kind.valueOf(peer).build(vectors);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            int right = 0;
            for (float[] probe : probes) {
                long nearest = exact.search(probe, Search.nearest(1)).get(0).id();
                right += searched.nearest(probe) == nearest ? 1 : 0;
            }
            System.out.println(peer + ": built in " + seconds + " s; nearest found for " + right + " of " + PROBES);
        }
    }

    @TearDown
    public void close() throws IOException {
        searched.close();
    }

    @Benchmark
    public int nearest() throws IOException {
        turn = (turn + 1) % PROBES;
        return searched.nearest(probes.get(turn));
    }
}
