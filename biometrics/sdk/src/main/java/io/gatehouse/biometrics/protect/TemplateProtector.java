package io.gatehouse.biometrics.protect;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a vector by a secret rotation: a keyed random orthogonal transform, so that Euclidean distances, and with them
 * every score, stay as they are. Immutable and thread-safe.
 *
 * <p>In the terms of ISO/IEC 24745 the result is a renewable biometric reference and the key its auxiliary data. What it
 * is: renewable (another key gives another reference of the same face, and references under the old one can be turned
 * into the new without the person) and unlinkable (references under two keys cannot be compared without a key). What
 * it is not: irreversible for who has the key, who can turn a reference back into the template; that is why stored
 * references are encrypted besides. A known pair of template and reference also gives parts of the rotation away, as
 * many directions as there are pairs.
 *
 * <p>The rotation is five rounds of sign flips, a permutation and a Walsh–Hadamard transform, scaled to be orthogonal
 * (the structured rotations of Ailon and Chazelle's fast Johnson–Lindenstrauss transform): n·log n steps and a key of 32
 * bytes where a dense matrix takes n² of both. Signs and permutations come from HMAC-SHA256 of the key in counter mode.
 * A dimension that is no power of two is covered by two overlapping blocks a round.
 */
public final class TemplateProtector {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final int ROUNDS = 5;
    private static final int MAX_DIMENSION = 4_096;

    private final int dimension;
    private final int[][] order = new int[ROUNDS][];
    private final double[][] signs = new double[ROUNDS][];

    private TemplateProtector(byte[] key, int dimension) {
        this.dimension = dimension;
        KeyStream stream = new KeyStream(key);
        for (int round = 0; round < ROUNDS; round++) {
            order[round] = permutation(stream);
            signs[round] = new double[dimension];
            for (int i = 0; i < dimension; i++) {
                signs[round][i] = (stream.next() & 1) == 0 ? 1 : -1;
            }
        }
    }

    /**
     * The rotation of a key.
     *
     * @param key       32 secret random bytes
     * @param dimension length of the vectors, 1 to 4,096
     */
    public static TemplateProtector of(byte[] key, int dimension) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a protection key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("a vector has 1 to " + MAX_DIMENSION + " numbers, not " + dimension);
        }
        return new TemplateProtector(key, dimension);
    }

    /** A new key. */
    public static byte[] newKey(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /** The reference of a vector under this key. */
    public float[] protect(float[] vector) {
        double[] values = widened(vector);
        for (int round = 0; round < ROUNDS; round++) {
            double[] mixed = new double[dimension];
            for (int i = 0; i < dimension; i++) {
                mixed[i] = signs[round][i] * values[order[round][i]];
            }
            mix(mixed);
            values = mixed;
        }
        return narrowed(values);
    }

    /** The vector of a reference: for moving references to another key. */
    public float[] unprotect(float[] reference) {
        double[] values = widened(reference);
        for (int round = ROUNDS - 1; round >= 0; round--) {
            unmix(values);
            double[] unmixed = new double[dimension];
            for (int i = 0; i < dimension; i++) {
                unmixed[order[round][i]] = signs[round][i] * values[i];
            }
            values = unmixed;
        }
        return narrowed(values);
    }

    /** Transforms the first block and then, where the dimension is no power of two, the last one. */
    private void mix(double[] values) {
        int block = Integer.highestOneBit(dimension);
        hadamard(values, 0, block);
        if (block < dimension) {
            hadamard(values, dimension - block, block);
        }
    }

    /** The inverse of {@link #mix}: each transform undoes itself, so only the order turns round. */
    private void unmix(double[] values) {
        int block = Integer.highestOneBit(dimension);
        if (block < dimension) {
            hadamard(values, dimension - block, block);
        }
        hadamard(values, 0, block);
    }

    private static void hadamard(double[] values, int from, int length) {
        for (int half = 1; half < length; half *= 2) {
            for (int begin = from; begin < from + length; begin += 2 * half) {
                for (int i = begin; i < begin + half; i++) {
                    double sum = values[i] + values[i + half];
                    values[i + half] = values[i] - values[i + half];
                    values[i] = sum;
                }
            }
        }
        double scale = 1 / Math.sqrt(length);
        for (int i = from; i < from + length; i++) {
            values[i] *= scale;
        }
    }

    private int[] permutation(KeyStream stream) {
        int[] permutation = new int[dimension];
        for (int i = 0; i < dimension; i++) {
            int other = stream.below(i + 1);
            permutation[i] = permutation[other];
            permutation[other] = i;
        }
        return permutation;
    }

    private double[] widened(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException("this protector turns " + dimension + " numbers, not " + vector.length);
        }
        double[] values = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = vector[i];
        }
        return values;
    }

    private static float[] narrowed(double[] values) {
        float[] vector = new float[values.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) values[i];
        }
        return vector;
    }

    @Override
    public String toString() {
        return "TemplateProtector[" + dimension + " numbers, key redacted]";
    }

    /** Random numbers that only the key decides. */
    private static final class KeyStream {
        private final Mac mac;
        private long counter;
        private ByteBuffer block = ByteBuffer.allocate(0);

        KeyStream(byte[] key) {
            try {
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        }

        int next() {
            if (!block.hasRemaining()) {
                block = ByteBuffer.wrap(mac.doFinal(
                        ByteBuffer.allocate(Long.BYTES).putLong(counter++).array()));
            }
            return block.getInt();
        }

        /** Uniform in 0 … bound − 1, by rejecting the remainder of the range. */
        int below(int bound) {
            long range = 1L << 32;
            long limit = range - range % bound;
            while (true) {
                long value = next() & 0xFFFFFFFFL;
                if (value < limit) {
                    return (int) (value % bound);
                }
            }
        }
    }
}
