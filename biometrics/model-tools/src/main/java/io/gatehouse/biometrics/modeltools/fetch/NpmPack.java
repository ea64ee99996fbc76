package io.gatehouse.biometrics.modeltools.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs {@code npm pack NAME@VERSION}, which fetches one tarball and none of its dependencies, and runs no script of it. npm
 * brings the user's own registry, proxy and certificates along.
 */
final class NpmPack implements TarballFetcher {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String AT_HAND =
            "or get the file(s) another way and name their folder with -Dgatehouse.models.dir=DIR.";

    private static final Pattern CODES = Pattern.compile("(code|syscall|errno|path|dest)\\b");

    private final List<String> command;

    /** @param command how npm is called on this machine, one word an element */
    NpmPack(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** How npm is called on this platform. */
    static List<String> platformCommand() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return List.of(windows ? "npm.cmd" : "npm");
    }

    @Override
    public Path fetch(NpmPackage npmPackage, Path folder) throws FetchException {
        Path log = folder.resolve("npm.log");
        int status = run(npmPackage, folder, log);
        Path tarball = folder.resolve(npmPackage.tarballName());
        if (status != 0) {
            String complaint = complaint(log);
            String advice = complaint.contains("ENOSPC")
                    ? "make room in " + folder.getParent() + " and in npm's cache and build again, "
                    : "check the network and npm's settings and build again, ";
            throw new FetchException(
                    "npm pack " + npmPackage.spec() + " failed (" + complaint + "): " + advice + AT_HAND);
        }
        if (!Files.isRegularFile(tarball)) {
            throw new FetchException("npm pack " + npmPackage.spec() + " succeeded but left no "
                    + npmPackage.tarballName() + ": npm 7 or later is needed; update it, " + AT_HAND);
        }
        return tarball;
    }

    private int run(NpmPackage npmPackage, Path folder, Path log) throws FetchException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(
                "pack", npmPackage.spec(), "--pack-destination", ".", "--ignore-scripts", "--no-update-notifier"));
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new FetchException(
                    "Cannot run " + command.get(0) + ", which fetches " + npmPackage.spec()
                            + ": install Node.js with npm and put it on the PATH, " + AT_HAND,
                    e);
        }
        try {
            if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
                throw new FetchException("npm pack " + npmPackage.spec() + " did not finish in " + PATIENCE.toMinutes()
                        + " minutes: check the network and build again, " + AT_HAND);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FetchException("Interrupted while npm fetched " + npmPackage.spec() + ".", e);
        } finally {
            process.destroy();
        }
    }

    /** What npm says is wrong: its first error line that is more than a code. The lines after it are advice and traces. */
    private static String complaint(Path log) throws FetchException {
        String last = "npm said nothing";
        try {
            for (String line : new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\\R", -1)) {
                if (line.startsWith("npm error ") || line.startsWith("npm ERR! ")) {
                    String said = line.substring("npm error ".length()).strip();
                    if (!CODES.matcher(said).lookingAt()) {
                        return said;
                    }
                } else if (!line.isBlank()) {
                    last = line.strip();
                }
            }
        } catch (IOException e) {
            throw new FetchException("Cannot read what npm said in " + log + " (" + e.getMessage() + ").", e);
        }
        return last;
    }
}
