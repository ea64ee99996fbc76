package io.gatehouse.biometrics.gallery.search;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Made-up embeddings with the shape of real ones: a direction that all share, people about it in fewer directions than the
 * vectors have numbers, captures about a person.
 */
final class Crowd {
    private final int dimension;
    private final RandomGenerator random;
    private final float[] common;
    private final double spread;
    private final double noise;
    private final boolean unit;

    private Crowd(int dimension, long seed, double shared, double spread, double noise, boolean unit) {
        this.dimension = dimension;
        this.random = new SplittableRandom(seed);
        this.spread = spread;
        this.noise = noise;
        this.unit = unit;
        this.common = gaussian(shared / Math.sqrt(dimension));
    }

    /** As dlib's: not normalised, cosines of people about 0.83. */
    static Crowd crowded(int dimension, long seed) {
        return new Crowd(dimension, seed, 1.3, 0.6, 0.25, false);
    }

    /** As ArcFace's: on the sphere, people at about right angles. */
    static Crowd sphere(int dimension, long seed) {
        return new Crowd(dimension, seed, 0, 1, 0.6, true);
    }

    float[] person() {
        float[] person = gaussian(spread / Math.sqrt(dimension));
        for (int i = 0; i < dimension; i++) {
            // A falling spectrum: the first numbers carry most.
            person[i] = common[i] + person[i] * (float) (1.6 / (1 + 2.0 * i / dimension));
        }
        return finished(person);
    }

    float[] capture(float[] person) {
        float[] capture;
        do {
            capture = gaussian(noise / Math.sqrt(dimension));
            for (int i = 0; i < dimension; i++) {
                capture[i] += person[i];
            }
            // In one dimension noise and person now and then are opposite numbers, and nothing has no direction.
        } while (squares(capture) == 0);
        return finished(capture);
    }

    float[] gaussian(double deviation) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (random.nextGaussian() * deviation);
        }
        return vector;
    }

    private float[] finished(float[] vector) {
        if (unit) {
            float scale = (float) (1 / Math.sqrt(squares(vector)));
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= scale;
            }
        }
        return vector;
    }

    private static double squares(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        return squares;
    }
}
