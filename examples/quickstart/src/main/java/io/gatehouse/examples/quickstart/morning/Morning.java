package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.cast.Photograph;
import io.gatehouse.examples.quickstart.premises.Premises;
import io.gatehouse.examples.quickstart.report.Console;
import io.gatehouse.examples.quickstart.report.HtmlReport;
import io.gatehouse.examples.quickstart.report.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One morning at one gate: plays the scenes in order. Used by one thread. */
public final class Morning {
    private final Premises premises;
    private final Cast cast;
    private final Console console;
    private final HtmlReport report;
    private final List<Scene> scenes;

    /**
     * A morning.
     *
     * @param enrolmentAnalyser what people are enrolled with
     * @param attacks           pictures of faces, to be held up to the camera instead of a face
     */
    public Morning(
            Premises premises,
            Cast cast,
            FaceAnalyser enrolmentAnalyser,
            List<Photograph> attacks,
            Console console,
            HtmlReport report) {
        this.premises = Objects.requireNonNull(premises, "premises");
        this.cast = Objects.requireNonNull(cast, "cast");
        this.console = Objects.requireNonNull(console, "console");
        this.report = Objects.requireNonNull(report, "report");
        this.scenes = List.of(
                new ConsentScene(),
                new EnrolmentScene(enrolmentAnalyser),
                new FaceScene(enrolmentAnalyser, attacks),
                new CodeScene(),
                new CardScene(),
                new DoorScene(),
                new WithdrawalScene(),
                new FireScene(),
                new LedgerScene());
    }

    /** Plays it and returns every line. */
    public List<Line> play() throws IOException {
        report.note(cast.provenance());
        console.note(cast.provenance());
        cast.notes().forEach(note -> console.note("Left out: " + note));
        List<Line> lines = new ArrayList<>();
        for (Scene scene : scenes) {
            int step = scenes.indexOf(scene) + 1;
            console.heading(step + ". " + scene.title());
            SceneLog log = new SceneLog(step, console, report);
            scene.play(premises, cast, log);
            lines.addAll(log.lines());
        }
        if (!cast.notes().isEmpty()) {
            report.section("Left out", cast.notes());
        }
        return lines;
    }
}
