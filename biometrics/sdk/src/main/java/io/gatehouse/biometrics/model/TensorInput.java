package io.gatehouse.biometrics.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a network wants: float32, batch × channels × height × width, each value {@code (pixel − mean) / divisor} of
 * pixels 0…255. Immutable and thread-safe; arrays are copied in and out.
 *
 * @param name        the tensor's name
 * @param width       in pixels
 * @param height      in pixels
 * @param colourOrder the channels
 * @param mean        a number a channel, in that order
 * @param divisor     a number a channel, in that order, none zero
 * @param anyBatch    whether the first dimension may be other than 1
 */
public record TensorInput(
        String name, int width, int height, ColourOrder colourOrder, float[] mean, float[] divisor, boolean anyBatch) {
    private static final int MAX_SIDE = 4_096;

    public TensorInput {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(colourOrder, "colourOrder");
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "a network's input has sides of 1 to " + MAX_SIDE + " pixels, not " + width + "×" + height);
        }
        if (mean.length != colourOrder.channels() || divisor.length != colourOrder.channels()) {
            throw new IllegalArgumentException("input " + name + " has " + colourOrder.channels() + " channels but "
                    + mean.length + " means and " + divisor.length + " divisors");
        }
        for (float part : divisor) {
            if (!(Math.abs(part) > 0) || !Float.isFinite(part)) {
                throw new IllegalArgumentException("input " + name + " has a divisor of " + part);
            }
        }
        for (float part : mean) {
            if (!Float.isFinite(part)) {
                throw new IllegalArgumentException("input " + name + " has a mean of " + part);
            }
        }
        mean = mean.clone();
        divisor = divisor.clone();
    }

    @Override
    public float[] mean() {
        return mean.clone();
    }

    @Override
    public float[] divisor() {
        return divisor.clone();
    }

    /** How many floats one picture is. */
    public int length() {
        return width * height * colourOrder.channels();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorInput input
                && name.equals(input.name)
                && width == input.width
                && height == input.height
                && colourOrder == input.colourOrder
                && anyBatch == input.anyBatch
                && Arrays.equals(mean, input.mean)
                && Arrays.equals(divisor, input.divisor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                name, width, height, colourOrder, anyBatch, Arrays.hashCode(mean), Arrays.hashCode(divisor));
    }
}
