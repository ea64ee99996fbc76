package io.gatehouse.biometrics.modeltools.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tarballs of npm packages kept between builds. A tarball is fetched only if none with the right digest is there; it is fetched
 * into a folder of this build's own and renamed into place, so that builds running at once do not disturb each other.
 */
final class NpmCache implements PinnedFiles {
    private final Path folder;
    private final TarballFetcher fetcher;

    NpmCache(Path folder, TarballFetcher fetcher) {
        this.folder = folder;
        this.fetcher = fetcher;
    }

    @Override
    public List<byte[]> read(NpmPackage npmPackage, List<PinnedFile> wanted) throws FetchException {
        Path tarball = folder.resolve(npmPackage.tarballName());
        try {
            if (!npmPackage.tarballSha256().matches(tarball)) {
                fetch(npmPackage, tarball);
            }
            return Tarball.verified(npmPackage, tarball).read(wanted);
        } catch (FetchException e) {
            throw e;
        } catch (IOException e) {
            throw new FetchException(
                    "Cannot read " + tarball + " (" + e.getMessage() + "): delete it and build again.", e);
        }
    }

    private void fetch(NpmPackage npmPackage, Path tarball) throws FetchException {
        try {
            Files.createDirectories(folder);
            Path own = Files.createTempDirectory(folder, ".fetch");
            try {
                Path fetched = fetcher.fetch(npmPackage, own);
                Tarball.verified(npmPackage, fetched);
                AtomicFile.move(fetched, tarball);
            } finally {
                deleteFolder(own);
            }
        } catch (FetchException e) {
            throw e;
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(tarball, e);
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
