package io.gatehouse.biometrics.model;

import java.util.Objects;

/**
 * A network that finds the 68 landmarks of the iBUG scheme in a crop; its output interleaves x and y in parts of the
 * crop. Immutable and thread-safe.
 *
 * @param file  the network
 * @param input what it wants
 * @param crop  where it looks
 */
public record LandmarkModel(ModelFile file, TensorInput input, CropRule crop) {
    public LandmarkModel {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(crop, "crop");
    }
}
