package io.gatehouse.examples.quickstart.report;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;

/** Prints the morning as it goes: lines on the output, and on a terminal one progress line below them. Used by one thread. */
public final class Console {
    private static final int PROGRESS_WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private int progressShown;

    public Console(PrintStream out, boolean terminal) {
        this.out = Objects.requireNonNull(out, "out");
        this.terminal = terminal;
    }

    /** Shows what is being done, on a terminal only; the next line replaces it. */
    public void progress(String doing) {
        if (!terminal) {
            return;
        }
        clearProgress();
        String shown = doing.length() > PROGRESS_WIDTH ? doing.substring(0, PROGRESS_WIDTH - 1) + "…" : doing;
        out.print("… " + shown);
        out.flush();
        progressShown = shown.length() + 2;
    }

    public void heading(String text) {
        clearProgress();
        out.println();
        out.println(text);
    }

    public void note(String text) {
        clearProgress();
        out.println("  " + text);
    }

    public void line(Line line) {
        clearProgress();
        out.printf(
                Locale.ROOT,
                "%2d %-30s %-16s %-12s %8.1f ms %s  %s%n",
                line.step(),
                line.what(),
                line.who(),
                line.decision(),
                line.millis(),
                line.asExpected() ? "ok " : "NOT",
                line.reason());
    }

    public void end() {
        clearProgress();
        out.flush();
    }

    private void clearProgress() {
        if (progressShown > 0) {
            out.print("\r" + " ".repeat(progressShown) + "\r");
            progressShown = 0;
        }
    }
}
