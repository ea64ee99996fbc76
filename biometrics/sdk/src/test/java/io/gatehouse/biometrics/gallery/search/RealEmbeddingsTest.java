package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shipped pack's embeddings of LFW's folds 0 and 1: every picture is searched among all. Writes them to
 * {@code target/lfw-embeddings.f32} (float32, little-endian), which the search's benchmark takes as {@code data}.
 */
@Tag("long")
class RealEmbeddingsTest {
    @Test
    @DisplayName("ATT-10 Faces of LFW: exact search equals the plain scan, bounded misses no match")
    void findsWhatThePlainScanFinds() throws IOException {
        List<float[]> faces = embeddings(FacePictures.folder("lfw"));
        write(faces, Path.of("target", "lfw-embeddings.f32"));
        int dimension = faces.get(0).length;
        VectorIndex plain = filled(faces, IndexOptions.of(dimension).withMode(SearchMode.PLAIN));
        VectorIndex exact = filled(faces, IndexOptions.of(dimension));
        VectorIndex bounded = filled(faces, IndexOptions.of(dimension).withMode(SearchMode.BOUNDED));
        int matches = 0;
        int missed = 0;
        for (float[] face : faces) {
            for (Search search : List.of(Search.within(0.5), Search.within(0.6).best(5), Search.nearest(10))) {
                List<Neighbour> expected = plain.search(face, search);
                assertThat(exact.search(face, search)).isEqualTo(expected);
                List<Neighbour> found = bounded.search(face, search);
                matches += expected.size();
                missed += expected.size()
                        - (int) found.stream()
                                .filter(new HashSet<>(expected)::contains)
                                .count();
            }
        }
        System.out.println(faces.size() + " faces, " + matches + " matches, bounded missed " + missed);
        assertThat(matches).isGreaterThan(10 * faces.size());
        assertThat(missed).isZero();
    }

    private static List<float[]> embeddings(Path folder) {
        List<float[]> faces = new ArrayList<>();
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            FacePictures.people(folder)
                    .forEach((person, pictures) -> pictures.forEach(picture ->
                            faces.add(FacePictures.template(analyser, picture).vector())));
        }
        return faces;
    }

    private static VectorIndex filled(List<float[]> faces, IndexOptions options) {
        VectorIndex index = VectorIndex.create(options);
        for (int i = 0; i < faces.size(); i++) {
            index.add(i, faces.get(i));
        }
        return index;
    }

    private static void write(List<float[]> faces, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (float[] face : faces) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(Float.BYTES * face.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(face);
                out.write(bytes.array());
            }
        }
    }
}
