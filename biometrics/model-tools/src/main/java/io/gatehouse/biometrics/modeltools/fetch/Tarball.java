package io.gatehouse.biometrics.modeltools.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A package's tarball on disk whose digest has been found right. */
final class Tarball {
    /** No model here is near this. */
    static final int MAX_FILE_BYTES = 64 << 20;

    private final Path file;

    private Tarball(Path file) {
        this.file = file;
    }

    /** Checks the digest and throws {@link FetchException} if it differs. */
    static Tarball verified(NpmPackage npmPackage, Path file) throws IOException {
        Sha256 actual = Sha256.of(file);
        if (!actual.equals(npmPackage.tarballSha256())) {
            throw FetchException.digestDiffers(
                    file + " (npm package " + npmPackage.spec() + ")", npmPackage.tarballSha256(), actual);
        }
        return new Tarball(file);
    }

    /** The wanted files, each with its digest checked too: the pins of files stay right when a package's pin is renewed. */
    List<byte[]> read(List<PinnedFile> wanted) throws IOException {
        Map<String, byte[]> found;
        try (InputStream in = Files.newInputStream(file)) {
            found = new TarGz(MAX_FILE_BYTES)
                    .read(in, wanted.stream().map(PinnedFile::path).collect(Collectors.toSet()));
        }
        List<byte[]> inOrder = new ArrayList<>();
        for (PinnedFile pinned : wanted) {
            byte[] bytes = found.get(pinned.path());
            if (bytes == null) {
                throw new FetchException(file + " has no file " + pinned.path() + ".");
            }
            inOrder.add(pinned.verified(bytes, pinned.path() + " in " + file));
        }
        return inOrder;
    }
}
