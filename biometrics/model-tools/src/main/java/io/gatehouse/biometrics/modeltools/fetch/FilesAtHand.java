package io.gatehouse.biometrics.modeltools.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pinned files in a folder of the user: each by its plain name, or inside the package's tarball lying there. */
final class FilesAtHand implements PinnedFiles {
    private final Path folder;

    FilesAtHand(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<byte[]> read(NpmPackage npmPackage, List<PinnedFile> wanted) throws FetchException {
        if (!Files.isDirectory(folder)) {
            throw new FetchException("gatehouse.models.dir names " + folder + ", which is not a folder.");
        }
        List<byte[]> found = new ArrayList<>();
        for (PinnedFile file : wanted) {
            found.add(read(npmPackage, file));
        }
        return found;
    }

    private byte[] read(NpmPackage npmPackage, PinnedFile file) throws FetchException {
        Path plain = folder.resolve(file.plainName());
        Path tarball = folder.resolve(npmPackage.tarballName());
        try {
            if (Files.isRegularFile(plain)) {
                return file.verified(readBounded(plain), plain.toString());
            }
            if (Files.isRegularFile(tarball)) {
                return Tarball.verified(npmPackage, tarball).read(List.of(file)).get(0);
            }
        } catch (FetchException e) {
            throw e;
        } catch (IOException e) {
            throw new FetchException("Cannot read the files in " + folder + " (" + e.getMessage() + ").", e);
        }
        throw new FetchException("Neither " + file.plainName() + " nor " + npmPackage.tarballName() + " is in " + folder
                + ": put one of them there, or build without -Dgatehouse.models.dir to fetch it.");
    }

    private static byte[] readBounded(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Tarball.MAX_FILE_BYTES + 1);
            if (bytes.length > Tarball.MAX_FILE_BYTES) {
                throw new IOException(file + " is larger than " + Tarball.MAX_FILE_BYTES + " bytes");
            }
            return bytes;
        }
    }
}
