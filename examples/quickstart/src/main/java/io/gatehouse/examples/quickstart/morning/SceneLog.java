package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.examples.quickstart.report.Console;
import io.gatehouse.examples.quickstart.report.HtmlReport;
import io.gatehouse.examples.quickstart.report.Line;
import io.gatehouse.examples.quickstart.report.PictureCard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Takes the lines of one step to the console and into the report, and remembers them. Used by one thread. */
final class SceneLog {
    private final int step;
    private final Console console;
    private final HtmlReport report;
    private final List<Line> lines = new ArrayList<>();

    SceneLog(int step, Console console, HtmlReport report) {
        this.step = step;
        this.console = Objects.requireNonNull(console, "console");
        this.report = Objects.requireNonNull(report, "report");
    }

    void progress(String doing) {
        console.progress(doing);
    }

    void note(String text) {
        console.note(text);
    }

    /** Something was done, as it had to be or not. */
    void line(String what, String who, String decision, String reason, Duration took, boolean asExpected) {
        Line line = new Line(step, what, who, decision, reason, took, asExpected);
        lines.add(line);
        console.line(line);
        report.add(line);
    }

    /** Somebody presented something at a gate and had to be let in. */
    void mustOpen(String what, String who, Passage passage) {
        passage(what, who, passage, passage.isOpened());
    }

    /** Somebody presented something at a gate and had to be refused for this reason. */
    void mustRefuse(String what, String who, Passage passage, String reasonCode) {
        passage(
                what,
                who,
                passage,
                firstReasonOf(passage).equals(reasonCode) && passage.actuation().isEmpty());
    }

    /** Somebody presented something at a gate. */
    void passage(String what, String who, Passage passage, boolean asExpected) {
        String decision = passage.decision()
                .fold(granted -> passage.actuation().map(SceneLog::wordOf).orElse("granted"), denied -> "refused");
        line(what, who, decision, reasonOf(passage.decision()), passage.times().total(), asExpected);
    }

    void picture(PictureCard card) {
        report.add(card);
    }

    void section(String heading, List<String> content) {
        report.section(heading, content);
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The code of the most important reason of a refusal; empty text if it was granted. */
    static String firstReasonOf(Passage passage) {
        return passage.decision()
                .fold(granted -> "", denied -> denied.reasons().get(0).code());
    }

    static String wordOf(Actuation actuation) {
        return actuation.fold(() -> "opened", failed -> "door failed", noAnswer -> "no answer");
    }

    private static String reasonOf(Decision decision) {
        return decision.fold(
                granted -> "by rule " + String.join(", ", granted.rules()),
                denied -> denied.reasons().stream().map(Reason::toString).collect(Collectors.joining("; ")));
    }
}
