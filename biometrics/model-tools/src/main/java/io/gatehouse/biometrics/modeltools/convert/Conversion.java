package io.gatehouse.biometrics.modeltools.convert;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What a build does to the files of a package to get the ONNX file of a pack; a descriptor names it by its {@link #id}. */
public enum Conversion {
    /** The one file is ONNX already. */
    NONE("none") {
        @Override
        public byte[] apply(List<byte[]> files) {
            require(files, 1);
            return files.get(0);
        }
    },
    /** A tfjs manifest and its binary file, of dlib's embedder. */
    DLIB_RESNET("dlib-resnet") {
        @Override
        public byte[] apply(List<byte[]> files) throws IOException {
            require(files, 2);
            return DlibResNet.toOnnx(TfjsWeights.of(files.get(0), files.get(1)));
        }
    },
    /** A tfjs manifest and its binary file, of face-api's landmarks. */
    FACE_LANDMARK_68("face-landmark-68") {
        @Override
        public byte[] apply(List<byte[]> files) throws IOException {
            require(files, 2);
            return FaceLandmark68.toOnnx(TfjsWeights.of(files.get(0), files.get(1)));
        }
    };

    private final String id;

    Conversion(String id) {
        this.id = id;
    }

    /** The conversion that a descriptor names so. */
    public static Conversion of(String id) {
        return Arrays.stream(values())
                .filter(c -> c.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no conversion is named '" + id + "'"));
    }

    /** The ONNX file, from the package's files in the order that the descriptor lists them. */
    public abstract byte[] apply(List<byte[]> files) throws IOException;

    private static void require(List<byte[]> files, int count) {
        if (files.size() != count) {
            throw new IllegalArgumentException(
                    "the conversion takes " + count + " file(s), the descriptor lists " + files.size());
        }
    }
}
