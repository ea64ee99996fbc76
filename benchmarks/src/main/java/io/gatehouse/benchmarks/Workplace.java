package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of a run's own, deleted at its end. It lies in {@code java.io.tmpdir}, whose disk is what is measured. */
final class Workplace implements AutoCloseable {
    private final Path folder;

    private Workplace(Path folder) {
        this.folder = folder;
    }

    static Workplace make() throws IOException {
        return new Workplace(Files.createTempDirectory("gatehouse-benchmark-"));
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
