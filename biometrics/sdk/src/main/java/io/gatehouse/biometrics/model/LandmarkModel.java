package io.gatehouse.biometrics.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A network that finds the 68 landmarks of the iBUG scheme in a crop; its output interleaves x and y in parts of the
 * crop. Immutable and thread-safe.
 *
 * @param file       the network
 * @param input      what it wants
 * @param crop       where it looks first
 * @param refinement how it looks again
 */
public record LandmarkModel(ModelFile file, TensorInput input, CropRule crop, Optional<Refinement> refinement) {
    /**
     * Further looks, at a crop laid by the landmarks that the look before found, turned so that the eyes lie level. It is
     * steadier than one laid by the detector's box.
     *
     * @param passes     how many further looks, 1 to 4
     * @param withMirror whether the mirrored crop is looked at too and both are averaged
     * @param centreX    the crop's middle, in parts of the mean face's square ({@code dlib-mean-face-36})
     * @param centreY    the same downwards
     * @param side       its side, in sides of that square
     */
    public record Refinement(int passes, boolean withMirror, double centreX, double centreY, double side) {
        private static final int MAX_PASSES = 4;

        public Refinement {
            if (passes < 1 || passes > MAX_PASSES) {
                throw new IllegalArgumentException(
                        "landmarks are refined in 1 to " + MAX_PASSES + " passes, not " + passes);
            }
            if (!(Math.abs(centreX) <= 4 && Math.abs(centreY) <= 4) || !(side > 0 && side <= 16)) {
                throw new IllegalArgumentException(
                        "a refined crop lies within 4 faces of the middle and has a side above" + " 0 up to 16, not "
                                + centreX + ", " + centreY + ", " + side);
            }
        }
    }

    public LandmarkModel {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(crop, "crop");
        Objects.requireNonNull(refinement, "refinement");
    }
}
