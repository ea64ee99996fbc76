package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings to search among. {@code crowded} is shaped like those of dlib's network (not normalised, a direction that all
 * share, a falling spectrum; limit 0.5), {@code sphere} like ArcFace's (normalised, people at about right angles, limit the
 * distance of a cosine of 0.4). Anything else is a file of float32 vectors, little-endian, such as those of LFW that
 * the long test of the search in biometrics writes; where more references are wanted than it has, the rest are its vectors moved by the difference of two others. Always the same for the same parameters.
 * Not thread-safe.
 */
final class SearchData {
    private static final long SEED = 20_261_122;

    private final int dimension;
    private final boolean sphere;
    private final @Nullable FloatBuffer real;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final float[] common;
    private int next;

    private SearchData(int dimension, boolean sphere, @Nullable FloatBuffer real) {
        this.dimension = dimension;
        this.sphere = sphere;
        this.real = real;
        this.common = new float[dimension];
        for (int i = 0; i < dimension && !sphere; i++) {
            common[i] = (float) (random.nextGaussian() * 1.3 / Math.sqrt(dimension));
        }
    }

    static SearchData of(String name, int dimension) throws IOException {
        if (name.equals("crowded") || name.equals("sphere")) {
            return new SearchData(dimension, name.equals("sphere"), null);
        }
        try (FileChannel file = FileChannel.open(Path.of(name))) {
            ByteBuffer bytes = file.map(MapMode.READ_ONLY, 0, file.size());
            return new SearchData(
                    dimension, false, bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        }
    }

    /** Within it are matches: a false match rate of about one in ten thousand with the packs that the shapes are taken from. */
    double limit() {
        return sphere ? Math.sqrt(2 - 2 * 0.4) : 0.5;
    }

    /** Somebody new. */
    float[] person() {
        return real == null ? madeUp() : taken(real);
    }

    private float[] madeUp() {
        float[] person = new float[dimension];
        double deviation = (sphere ? 1 : 0.6) / Math.sqrt(dimension);
        for (int i = 0; i < dimension; i++) {
            double share = sphere ? 1 : 1.6 / (1 + 2.0 * i / dimension);
            person[i] = common[i] + (float) (random.nextGaussian() * deviation * share);
        }
        return finished(person);
    }

    private float[] taken(FloatBuffer from) {
        int rows = from.capacity() / dimension;
        float[] person = new float[dimension];
        if (next < rows) {
            from.get(next++ * dimension, person);
            return person;
        }
        int base = random.nextInt(rows) * dimension;
        int plus = random.nextInt(rows) * dimension;
        int minus = random.nextInt(rows) * dimension;
        for (int i = 0; i < dimension; i++) {
            person[i] = from.get(base + i) + 0.5f * (from.get(plus + i) - from.get(minus + i));
        }
        return person;
    }

    /** Another capture of somebody. */
    float[] capture(float[] person) {
        float[] capture = person.clone();
        double deviation = (sphere ? 0.6 : 0.25) / Math.sqrt(dimension);
        for (int i = 0; i < dimension; i++) {
            capture[i] += (float) (random.nextGaussian() * deviation);
        }
        return finished(capture);
    }

    private float[] finished(float[] vector) {
        if (sphere) {
            double squares = 0;
            for (float value : vector) {
                squares += value * value;
            }
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= (float) Math.sqrt(squares);
            }
        }
        return vector;
    }
}
