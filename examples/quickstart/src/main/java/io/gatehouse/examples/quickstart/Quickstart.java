package io.gatehouse.examples.quickstart;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.biometrics.picture.OpenCvFrameDecoder;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.frame.FrameLimits;
import io.gatehouse.examples.quickstart.cast.AttackPictures;
import io.gatehouse.examples.quickstart.cast.CannotStartException;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.cast.Casting;
import io.gatehouse.examples.quickstart.cast.Photograph;
import io.gatehouse.examples.quickstart.morning.Morning;
import io.gatehouse.examples.quickstart.premises.MorningClock;
import io.gatehouse.examples.quickstart.premises.Premises;
import io.gatehouse.examples.quickstart.report.Console;
import io.gatehouse.examples.quickstart.report.HtmlReport;
import io.gatehouse.examples.quickstart.report.Line;
import io.gatehouse.examples.quickstart.report.LogFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Plays one morning at one gate: enrol, recognise, decide, open, record, prove. Exit code 0 if every step ended as it
 * must, 1 if one did not, 2 if it could not be played with what was given.
 */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "One morning at one gate, from consent to proof.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every step ended as it must",
            "1:a step did not",
            "2:it cannot be played with what was given; a sentence says why"
        })
public final class Quickstart implements Callable<Integer> {
    private static final int AS_EXPECTED = 0;
    private static final int NOT_AS_EXPECTED = 1;
    private static final int CANNOT_START = 2;

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--photos",
            paramLabel = "DIR",
            description = "People: a sub-folder each, the first picture by name enrols, the others are presented."
                    + " Without it, faces of the demo pictures come.")
    private @Nullable Path photos;

    @Option(
            names = "--port",
            paramLabel = "DEVICE",
            description = "Serial port of a real card reader (26-bit Wiegand behind a serial converter).")
    private @Nullable String port;

    @Option(
            names = "--spoof",
            paramLabel = "DIR",
            description =
                    "Pictures of attacks (names with _F), held up to the camera; default: ${DEFAULT-VALUE} if it is there.",
            defaultValue = "../shared/data/faces/spoof")
    private Path spoof = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where database, codes and report.html go; default: ${DEFAULT-VALUE}.",
            defaultValue = "target/quickstart")
    private Path folder = Path.of("");

    @Option(
            names = "--demo",
            paramLabel = "DIR",
            description = "The demo pictures; default: beside this program, where the build puts them.")
    private @Nullable Path demo;

    Quickstart(PrintStream out, PrintStream err) {
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
        return new CommandLine(new Quickstart(out, err))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    @Override
    public Integer call() {
        try {
            return play();
        } catch (CannotStartException | ModelUnavailableException e) {
            err.println("quickstart: " + e.getMessage());
        } catch (IOException e) {
            err.println("quickstart: " + folder + " or a device cannot be used: " + e.getMessage()
                    + ". Check free space, permissions and cables, and that no other quickstart runs there.");
        } catch (LinkageError e) {
            err.println("quickstart: a native library does not load here (" + e.getMessage()
                    + "). Check that this platform is one of the README's and that the temporary folder has space.");
        }
        return CANNOT_START;
    }

    private int play() throws CannotStartException, IOException {
        if (port != null && (port.isBlank() || port.indexOf('?') >= 0)) {
            throw new CannotStartException(
                    "--port takes a serial port such as /dev/ttyUSB0 or COM3, not '" + port + "'");
        }
        Console console = new Console(out, CommandLine.Help.Ansi.AUTO.enabled());
        try {
            return play(console);
        } finally {
            console.end();
        }
    }

    /** Reads everything that it was given before it writes anything. */
    private int play(Console console) throws CannotStartException, IOException {
        long begun = System.nanoTime();
        console.progress("loading the models");
        ModelPack pack = ModelPack.loadDefault();
        MorningClock clock = new MorningClock(Instant.now(), Premises.TIME_ZONE);
        FrameDecoder decoder = OpenCvFrameDecoder.create(FrameLimits.DEFAULT);
        try (FaceAnalyser atGate = FaceAnalyser.open(pack, ModelPack.loadLiveness(), FaceOptions.GATE);
                FaceAnalyser atDesk = FaceAnalyser.insecureWithoutLiveness(pack, FaceOptions.ENROLMENT)) {
            Casting casting = new Casting(decoder, atDesk, atGate, clock.instant(), console::progress);
            Cast cast = photos == null
                    ? casting.fromDemoPictures(demoPictures())
                    : casting.fromFolder(photos, demoPictures());
            List<Photograph> attacks = AttackPictures.in(spoof, decoder, clock.instant());
            Files.createDirectories(folder);
            HtmlReport report = new HtmlReport("One morning at one gate");
            List<Line> lines;
            try (LogFile log = LogFile.open(folder.resolve("quickstart.log"), err);
                    Premises premises = Premises.open(folder, cast, pack, atGate, clock, Optional.ofNullable(port))) {
                report.note("What the SDK logged meanwhile is in " + log.file() + ".");
                lines = new Morning(premises, cast, atDesk, attacks, console, report).play();
            }
            Path page = folder.resolve("report.html");
            report.write(page);
            return verdict(lines, page, begun);
        }
    }

    private int verdict(List<Line> lines, Path page, long begun) {
        long wrong = lines.stream().filter(line -> !line.asExpected()).count();
        out.println();
        out.printf(
                Locale.ROOT,
                "%d lines, %d not as they must be, %.1f s. Report: %s%n",
                lines.size(),
                wrong,
                (System.nanoTime() - begun) / 1e9,
                page);
        return wrong == 0 ? AS_EXPECTED : NOT_AS_EXPECTED;
    }

    private Path demoPictures() {
        if (demo != null) {
            return demo;
        }
        try {
            Path here = Path.of(Quickstart.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return here.resolveSibling("demo-photos");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of this program is not a path", e);
        }
    }
}
