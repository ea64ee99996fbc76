package io.gatehouse.biometrics.modeltools.fetch;

import java.nio.file.Path;

/** Puts a package's tarball into a folder. {@link NpmPack} is the real one. */
@FunctionalInterface
interface TarballFetcher {

    /**
     * Fetches into the folder, which exists and is empty, and returns the tarball's path. Digests are checked by the caller.
     *
     * @throws FetchException if it cannot be fetched
     */
    Path fetch(NpmPackage npmPackage, Path folder) throws FetchException;
}
