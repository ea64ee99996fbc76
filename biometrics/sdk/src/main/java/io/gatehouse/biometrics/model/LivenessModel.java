package io.gatehouse.biometrics.model;

import java.util.Objects;

/**
 * A network that tells a live face from a print, a screen or a mask; softmax over its output. Immutable and thread-safe.
 *
 * @param file      the network
 * @param input     what it wants
 * @param crop      where it looks
 * @param liveClass which output is "live"
 */
public record LivenessModel(ModelFile file, TensorInput input, CropRule crop, int liveClass) {
    public LivenessModel {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(crop, "crop");
        if (liveClass < 0) {
            throw new IllegalArgumentException("the live class is an index, not " + liveClass);
        }
    }
}
