package io.gatehouse.examples.evaluate;

import io.gatehouse.biometrics.evaluate.CalibrationOutcome.Calibrated;
import io.gatehouse.biometrics.evaluate.Comparisons;
import io.gatehouse.biometrics.evaluate.SubjectBootstrap;
import io.gatehouse.biometrics.evaluate.TemplateFolder;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.biometrics.picture.OpenCvFrameDecoder;
import io.gatehouse.core.frame.FrameLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures recognition on a folder of pictures. Exit code 0 if it could be measured, 2 if not with what was given. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Error rates of face recognition on your own pictures, with intervals, plots and a calibration.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was measured", "2:it cannot be measured with what was given; a sentence says why"})
public final class Evaluate implements Callable<Integer> {
    private static final int MEASURED = 0;
    private static final int CANNOT = 2;

    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "FOLDER", description = "Pictures (JPEG, PNG, BMP), a sub-folder for each person.")
    private Path folder = Path.of("");

    @Option(
            names = "--pairs",
            paramLabel = "CSV",
            description = "Compare only these: a,b,same or fold,a,b,same after a heading, pictures as sub-folder/name."
                    + " Without it all are compared with all.")
    private @Nullable Path pairs;

    @Option(
            names = "--groups",
            paramLabel = "CSV",
            description = "Groups of people: person,group after a heading; adds the differences between them.")
    private @Nullable Path groups;

    @Option(
            names = "--fmr",
            paramLabel = "RATE",
            description = "The false match rate that the threshold is asked for as; default: ${DEFAULT-VALUE}.",
            defaultValue = "1e-3")
    private double falseMatchRate;

    @Option(
            names = "--pack",
            paramLabel = "DIR",
            description = "A model pack of your own; default: the one that is shipped.")
    private @Nullable Path packFolder;

    @Option(
            names = "--write-calibration",
            paramLabel = "PACK.JSON",
            description = "Puts the calibration of this sample into the descriptor of the pack it was measured with.")
    private @Nullable Path descriptor;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where report.html, figures and plots go; default: ${DEFAULT-VALUE}.",
            defaultValue = "target/evaluate")
    private Path target = Path.of("");

    @Option(names = "--threads", description = "Pictures at once; default: ${DEFAULT-VALUE}.", defaultValue = "2")
    private int threads;

    @Option(names = "--seed", description = "Of the intervals; default: ${DEFAULT-VALUE}.", defaultValue = "1")
    private long seed;

    @Option(
            names = "--replicates",
            description = "How often people are drawn anew for an interval; default: ${DEFAULT-VALUE}.",
            defaultValue = "500")
    private int replicates;

    Evaluate(PrintStream out, PrintStream err) {
        this.out = Objects.requireNonNull(out, "out");
        this.err = Objects.requireNonNull(err, "err");
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /** Runs it with these arguments and returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        return new CommandLine(new Evaluate(out, err))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    @Override
    public Integer call() {
        try {
            measure();
            return MEASURED;
        } catch (CannotEvaluateException | ModelUnavailableException | IllegalArgumentException e) {
            err.println("evaluate: " + e.getMessage());
        } catch (IOException e) {
            err.println(
                    "evaluate: a file cannot be read or written: " + e + ". Check paths, permissions and free space.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("evaluate: interrupted");
        }
        return CANNOT;
    }

    private void measure() throws CannotEvaluateException, IOException, InterruptedException {
        if (threads < 1 || threads > 256 || !(falseMatchRate > 0 && falseMatchRate < 1)) {
            throw new CannotEvaluateException(
                    "--threads is 1 to 256 and --fmr between 0 and 1, not " + threads + " and " + falseMatchRate);
        }
        SubjectBootstrap bootstrap = new SubjectBootstrap(seed, replicates, 0.95);
        Map<String, String> groupOf = groups == null ? Map.of() : groups(groups);
        int pictures = requirePictures();
        ModelPack pack = packFolder == null ? ModelPack.loadDefault() : ModelPack.load(packFolder);
        TemplateFolder samples = read(pack, pictures);
        out.printf(
                "%d pictures of which %d gave no template%n",
                pictures, samples.refused().size());
        samples.refused().stream()
                .limit(10)
                .forEach(sample -> out.println("  " + sample.file() + ": "
                        + sample.refusal().map(Object::toString).orElse("")));
        if (samples.templates().size() < 2) {
            throw new CannotEvaluateException("only " + samples.templates().size()
                    + " person is left with a template: give clear pictures of at least two people");
        }
        Comparisons comparisons = pairs == null ? Comparisons.ofAll(samples.templates()) : samples.pairs(pairs);
        out.printf(
                "%,d mated and %,d non-mated comparisons; drawing people anew for the intervals%n",
                comparisons.mated(), comparisons.nonMated());
        Measured measured = Measured.of(
                folder,
                samples,
                comparisons,
                pack.requireEmbedder().calibration(),
                new Settings(falseMatchRate, bootstrap, groupOf));
        List<FigureTable.Row> rows = FigureTable.of(measured);
        rows.forEach(row -> out.println(FigureTable.line(row)));
        new Reports(measured, rows).write(target);
        out.println("Report: " + target.resolve("report.html"));
        writeCalibration(measured, pack.id());
    }

    private int requirePictures() throws CannotEvaluateException, IOException {
        if (!Files.isDirectory(folder)) {
            throw new CannotEvaluateException(folder + " is not a folder: give one with a sub-folder for each person");
        }
        List<Path> found = TemplateFolder.pictures(folder);
        long people = found.stream().map(Path::getParent).distinct().count();
        if (people < 2) {
            throw new CannotEvaluateException(folder + " has pictures of " + people
                    + " people: error rates take at least two, a sub-folder each with JPEG, PNG or BMP files");
        }
        return found.size();
    }

    private TemplateFolder read(ModelPack pack, int pictures) throws IOException, InterruptedException {
        ProgressBar bar = new ProgressBar(out, "pictures", pictures, CommandLine.Help.Ansi.AUTO.enabled());
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try (FaceAnalyser analyser =
                FaceAnalyser.insecureWithoutLiveness(pack, FaceOptions.GATE.withProfile(QualityProfile.NONE))) {
            return TemplateFolder.read(
                    folder, OpenCvFrameDecoder.create(FrameLimits.DEFAULT), analyser::analyse, workers, bar::at);
        } finally {
            workers.shutdownNow();
        }
    }

    private static Map<String, String> groups(Path csv) throws CannotEvaluateException, IOException {
        Map<String, String> groupOf = new HashMap<>();
        List<String> lines = Files.readAllLines(csv);
        for (int i = 1; i < lines.size(); i++) {
            String[] parts = lines.get(i).split(",", -1);
            if (lines.get(i).isBlank()) {
                continue;
            }
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new CannotEvaluateException(csv + ", line " + (i + 1) + ": a line is person,group");
            }
            groupOf.put(parts[0].strip(), parts[1].strip());
        }
        return groupOf;
    }

    private void writeCalibration(Measured measured, String packId) throws CannotEvaluateException, IOException {
        if (descriptor == null) {
            return;
        }
        Path file = descriptor;
        Optional<Calibrated> calibrated = measured.calibration().fold(Optional::of, tooSmall -> Optional.empty());
        if (calibrated.isEmpty()) {
            throw new CannotEvaluateException("no calibration was written: "
                    + measured.calibration()
                            .fold(it -> "", tooSmall -> tooSmall.reason().text()));
        }
        calibrated.get().calibration().writeTo(file, packId);
        out.println("The calibration was put into " + file);
    }
}
