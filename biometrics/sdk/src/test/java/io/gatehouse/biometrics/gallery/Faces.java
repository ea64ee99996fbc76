package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.Template;
import java.util.Random;

/** Templates of made-up faces, far from each other, and such as are near to one. Not thread-safe. */
final class Faces {
    private static final int DIMENSION = 128;
    private static final double APART = 1.4;

    private final Random random;

    Faces(long seed) {
        this.random = new Random(seed);
    }

    Template any() {
        return moved(new float[DIMENSION], APART);
    }

    /** At a distance from another. */
    Template near(Template template, double distance) {
        return moved(template.vector(), distance);
    }

    private Template moved(float[] from, double length) {
        double[] direction = random.doubles(DIMENSION, -1, 1).toArray();
        double norm = 0;
        for (double part : direction) {
            norm += part * part;
        }
        for (int i = 0; i < from.length; i++) {
            from[i] += (float) (length * direction[i] / Math.sqrt(norm));
        }
        return Template.of(GalleryHouse.PACK.id(), from);
    }
}
