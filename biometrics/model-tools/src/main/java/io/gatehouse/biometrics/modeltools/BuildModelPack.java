package io.gatehouse.biometrics.modeltools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.biometrics.modeltools.fetch.AtomicFile;
import io.gatehouse.biometrics.modeltools.fetch.FetchException;
import io.gatehouse.biometrics.modeltools.fetch.PinnedFiles;
import io.gatehouse.biometrics.modeltools.fetch.Sha256;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes the ONNX files that a {@code pack.json} names: {@code BuildModelPack --pack FILE --to DIR}. A file that is there with the
 * right digest is left alone, so a second build does nothing and needs no network.
 *
 * <p>System properties: {@code gatehouse.models.dir}, {@code gatehouse.models.cache}; see {@link PinnedFiles#from}. A
 * failure is thrown without stack trace: one sentence and an exit code other than 0, from a shell as from exec-maven-plugin.
 */
public final class BuildModelPack {
    private final PinnedFiles sources;
    private final PrintStream out;

    BuildModelPack(PinnedFiles sources, PrintStream out) {
        this.sources = sources;
        this.out = out;
    }

    /** Runs the program. Throws a failure without stack trace. */
    public static void main(String[] args) {
        Program.run(() -> {
            Program.Options options = Program.options(args, "--pack", "--to");
            new BuildModelPack(PinnedFiles.from(System.getProperties()), System.out)
                    .build(options.path("--pack"), options.path("--to"));
        });
    }

    /** Makes what is missing. Throws if a file cannot be had, or does not come out with the digest that the descriptor pins. */
    void build(Path descriptor, Path folder) throws IOException {
        for (Map.Entry<String, JsonNode> stage : stages(descriptor)) {
            String file = Source.text(stage.getValue(), "file");
            Sha256 pinned = new Sha256(Source.text(stage.getValue(), "sha256"));
            Path target = folder.resolve(Path.of(file).getFileName());
            if (pinned.matches(target)) {
                out.println("Model " + file + " is up to date.");
                continue;
            }
            byte[] onnx = make(Source.of(stage.getValue().path("source")));
            Sha256 actual = Sha256.of(onnx);
            if (!actual.equals(pinned)) {
                throw new FetchException("The digest of " + file + " as built differs: expected " + pinned + ", actual "
                        + actual + ". If the conversion was changed on purpose, write the new digest into " + descriptor
                        + ".");
            }
            AtomicFile.write(target, onnx);
            out.println("Model " + file + " built, " + onnx.length + " bytes.");
        }
    }

    private byte[] make(Source source) throws IOException {
        return source.conversion().apply(sources.read(source.npmPackage(), source.files()));
    }

    private static List<Map.Entry<String, JsonNode>> stages(Path descriptor) throws IOException {
        JsonNode pack = new ObjectMapper().readTree(descriptor.toFile());
        if (pack.path("format").asInt() != 1 || pack.path("stages").isEmpty()) {
            throw new IllegalArgumentException(descriptor + " is not a pack descriptor of format 1 with stages");
        }
        return List.copyOf(pack.path("stages").properties());
    }
}
