package io.gatehouse.examples.quickstart.report;

import io.gatehouse.core.frame.Frame;
import java.util.Objects;

/**
 * A picture as the gate saw it, with the face it found and what it made of it. Immutable and thread-safe.
 *
 * @param frame   the pixels
 * @param left    left edge of the face's box in pixels
 * @param top     top edge of the face's box in pixels
 * @param width   width of the box in pixels; 0 where no face was found
 * @param height  height of the box in pixels; 0 where no face was found
 * @param caption who and what, a few words
 * @param good    whether the person was let in
 */
public record PictureCard(Frame frame, int left, int top, int width, int height, String caption, boolean good) {
    public PictureCard {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(caption, "caption");
    }
}
