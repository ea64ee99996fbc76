package io.gatehouse.biometrics.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * A face as a vector: what is compared and kept in place of a picture. Two templates can be compared only if the same
 * model pack made them. Immutable and thread-safe; the array is copied in and out; {@code toString} redacts it.
 *
 * @param packId the model pack that made it
 * @param vector finite numbers, not all zero
 */
public record Template(String packId, float[] vector) {
    private static final int MAX_DIMENSION = 4_096;

    public Template {
        Objects.requireNonNull(packId, "packId");
        if (vector.length < 1 || vector.length > MAX_DIMENSION) {
            throw new IllegalArgumentException(
                    "a template has 1 to " + MAX_DIMENSION + " numbers, not " + vector.length);
        }
        vector = vector.clone();
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (!(squares > 1e-12) || !Double.isFinite(squares)) {
            throw new IllegalArgumentException(
                    "a template's numbers are finite and not all zero; their squares add up to " + squares);
        }
    }

    public static Template of(String packId, float[] vector) {
        return new Template(packId, vector);
    }

    /** A template of a pack whose vectors are compared by {@link Distance#COSINE}: the same direction, length 1. */
    public static Template ofLengthOne(String packId, float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return new Template(packId, unit);
    }

    @Override
    public float[] vector() {
        return vector.clone();
    }

    public int dimension() {
        return vector.length;
    }

    /**
     * Euclidean distance; a pack's {@link Calibration} says what it means.
     *
     * @throws IllegalArgumentException if another pack made the other template
     */
    public double distance(Template other) {
        if (!packId.equals(other.packId) || vector.length != other.vector.length) {
            throw new IllegalArgumentException("templates of the packs " + packId + " (" + vector.length + ") and "
                    + other.packId + " (" + other.vector.length + ") cannot be compared: enrol anew with one pack");
        }
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            double difference = (double) vector[i] - other.vector[i];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template template
                && packId.equals(template.packId)
                && Arrays.equals(vector, template.vector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(packId, Arrays.hashCode(vector));
    }

    @Override
    public String toString() {
        return "Template[" + packId + ", " + vector.length + " numbers, redacted]";
    }
}
