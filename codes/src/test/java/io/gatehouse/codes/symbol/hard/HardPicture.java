package io.gatehouse.codes.symbol.hard;

import io.gatehouse.core.frame.Frame;
import java.util.List;
import java.util.Objects;

/**
 * A picture and what is in it. Immutable and thread-safe.
 *
 * @param frame       the picture
 * @param texts       what its codes hold
 * @param degradation what makes it hard
 * @param strength    how much of that, 0 to 1
 * @param seed        what it was drawn from
 */
public record HardPicture(Frame frame, List<String> texts, Degradation degradation, double strength, long seed) {
    public HardPicture {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(degradation, "degradation");
        texts = List.copyOf(texts);
    }

    @Override
    public String toString() {
        return degradation + " seed " + seed + " strength " + Math.round(strength * 100) / 100.0;
    }
}
