package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.core.frame.Frame;
import java.util.Objects;

/**
 * A picture of one person. Immutable and thread-safe.
 *
 * @param label where it is from, for people to read
 * @param frame the pixels
 */
public record Photograph(String label, Frame frame) {
    public Photograph {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(frame, "frame");
    }
}
