package io.gatehouse.biometrics;

import io.gatehouse.biometrics.model.LicencePolicy;
import io.gatehouse.biometrics.model.ModelPack;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * The example of an embedder of ArcFace style, which no artifact holds: taken from the tarball that the build keeps for
 * other files of it, with the shipped detector and landmarks. The pack checks its digest.
 */
public final class OptInPack {
    private static final String TARBALL = "faceplugin-face-recognition-js-0.0.1.tgz";
    private static final int BLOCK = 512;

    private OptInPack() {}

    /** The pack, laid out in a folder; the test is skipped if the tarball is missing. */
    public static ModelPack load(Path folder) throws IOException {
        Path tarball = Path.of(System.getProperty("gatehouse.models.cache", "."), TARBALL);
        Assumptions.assumeTrue(Files.isRegularFile(tarball), () -> "skipped: " + tarball + " is not there");
        Files.write(folder.resolve("fr_feature.onnx"), file(tarball, "package/model/fr_feature.onnx"));
        Files.writeString(folder.resolve("pack.json"), descriptor("arcface-style"));
        LicencePolicy forThisTest = LicencePolicy.permissive().acceptLicence("LicenseRef-not-shown");
        return ModelPack.load(folder, forThisTest).completedBy(ModelPack.loadDefault());
    }

    /** A descriptor that the SDK has as an example. */
    public static String descriptor(String name) throws IOException {
        String resource = "/io/gatehouse/biometrics/model/descriptors/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(ModelPack.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A file of a tarball (POSIX ustar: a header of one block, its size in octal at 124, then whole blocks). */
    private static byte[] file(Path tarball, String name) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(tarball), 1 << 16))) {
            while (true) {
                byte[] header = new byte[BLOCK];
                in.readFully(header);
                String entry = new String(header, 0, 100, StandardCharsets.UTF_8).trim();
                String size = new String(header, 124, 12, StandardCharsets.US_ASCII).trim();
                if (entry.isEmpty()) {
                    throw new IOException(tarball + " has no " + name);
                }
                int bytes = Integer.parseInt(size.replace("\0", ""), 8);
                byte[] content = new byte[bytes];
                in.readFully(content);
                in.readFully(new byte[(BLOCK - bytes % BLOCK) % BLOCK]);
                if (entry.equals(name)) {
                    return content;
                }
            }
        }
    }
}
