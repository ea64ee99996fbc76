package io.gatehouse.benchmarks;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Another's way to find the nearest of many vectors. Not thread-safe. */
interface SearchPeer extends Closeable {
    /** Its place among the vectors, or that of another near one. */
    int nearest(float[] probe) throws IOException;

    /** Which peers there are. */
    enum Kind {
        LUCENE {
            @Override
            SearchPeer build(List<float[]> vectors) throws IOException {
                return new Lucene(vectors);
            }
        },
        JVECTOR {
            @Override
            SearchPeer build(List<float[]> vectors) throws IOException {
                return new JVector(vectors);
            }
        },
        OPENBLAS {
            @Override
            SearchPeer build(List<float[]> vectors) {
                return new OpenBlas(vectors);
            }
        };

        abstract SearchPeer build(List<float[]> vectors) throws IOException;
    }

    /** HNSW with Lucene's own measures (16 neighbours, 100 candidates), one segment, 400 candidates a query. */
    final class Lucene implements SearchPeer {
        private static final int CANDIDATES = 400;

        private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
        private final DirectoryReader reader;
        private final IndexSearcher searcher;

        Lucene(List<float[]> vectors) throws IOException {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(1_900))) {
                for (int i = 0; i < vectors.size(); i++) {
                    Document document = new Document();
                    document.add(new KnnFloatVectorField("v", vectors.get(i), VectorSimilarityFunction.EUCLIDEAN));
                    document.add(new StoredField("i", i));
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
            }
            reader = DirectoryReader.open(directory);
            searcher = new IndexSearcher(reader);
        }

        @Override
        public int nearest(float[] probe) throws IOException {
            // One segment, filled in order: a document's number is its place.
            return searcher.search(new KnnFloatVectorQuery("v", probe, CANDIDATES), 1).scoreDocs[0].doc;
        }

        @Override
        public void close() throws IOException {
            reader.close();
            directory.close();
        }
    }

    /** A graph with 16 neighbours and 100 candidates, 400 candidates a query. */
    final class JVector implements SearchPeer {
        private static final io.github.jbellis.jvector.vector.VectorSimilarityFunction EUCLIDEAN =
                io.github.jbellis.jvector.vector.VectorSimilarityFunction.EUCLIDEAN;
        private static final int CANDIDATES = 400;

        private final VectorTypeSupport types =
                VectorizationProvider.getInstance().getVectorTypeSupport();
        private final ListRandomAccessVectorValues values;
        private final OnHeapGraphIndex graph;

        JVector(List<float[]> vectors) throws IOException {
            int dimension = vectors.get(0).length;
            List<VectorFloat<?>> wrapped = new ArrayList<>();
            vectors.forEach(vector -> wrapped.add(types.createFloatVector(vector)));
            values = new ListRandomAccessVectorValues(wrapped, dimension);
            BuildScoreProvider scores = BuildScoreProvider.randomAccessScoreProvider(values, EUCLIDEAN);
            try (GraphIndexBuilder builder = new GraphIndexBuilder(scores, dimension, 16, 100, 1.2f, 1.2f)) {
                graph = builder.build(values);
            }
        }

        @Override
        public int nearest(float[] probe) {
            return GraphSearcher.search(types.createFloatVector(probe), CANDIDATES, values, EUCLIDEAN, graph, Bits.ALL)
                    .getNodes()[0]
                    .node;
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    /** sgemv over one matrix outside the heap, on one thread, and the squared norms computed before. */
    final class OpenBlas implements SearchPeer {
        private final int rows;
        private final int dimension;
        private final FloatPointer matrix;
        private final FloatPointer products;
        private final FloatPointer asked;
        private final float[] norms;
        private final float[] copied;

        OpenBlas(List<float[]> vectors) {
            openblas_nolapack.blas_set_num_threads(1);
            rows = vectors.size();
            dimension = vectors.get(0).length;
            matrix = new FloatPointer((long) rows * dimension);
            products = new FloatPointer((long) rows);
            asked = new FloatPointer((long) dimension);
            norms = new float[rows];
            copied = new float[rows];
            for (int i = 0; i < rows; i++) {
                float[] vector = vectors.get(i);
                matrix.position((long) i * dimension).put(vector, 0, dimension);
                for (float value : vector) {
                    norms[i] += value * value;
                }
            }
            matrix.position(0);
        }

        @Override
        public int nearest(float[] probe) {
            asked.put(probe, 0, dimension);
            openblas_nolapack.cblas_sgemv(
                    openblas_nolapack.CblasRowMajor,
                    openblas_nolapack.CblasNoTrans,
                    rows,
                    dimension,
                    1,
                    matrix,
                    dimension,
                    asked,
                    1,
                    0,
                    products,
                    1);
            products.get(copied, 0, rows);
            int best = 0;
            for (int i = 1; i < rows; i++) {
                if (norms[i] - 2 * copied[i] < norms[best] - 2 * copied[best]) {
                    best = i;
                }
            }
            return best;
        }

        @Override
        public void close() {
            matrix.close();
            products.close();
            asked.close();
        }
    }
}
