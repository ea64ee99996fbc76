package io.gatehouse.examples.evaluate;

import java.io.PrintStream;
import java.util.Locale;

/** A bar on a terminal, a line at each tenth elsewhere. Used by one thread. */
final class ProgressBar {
    private static final int WIDTH = 40;

    private final PrintStream out;
    private final String what;
    private final int all;
    private final boolean terminal;
    private final long begun = System.nanoTime();
    private int tenth;

    ProgressBar(PrintStream out, String what, int all, boolean terminal) {
        this.out = out;
        this.what = what;
        this.all = all;
        this.terminal = terminal;
    }

    void at(int done) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (terminal) {
            int filled = WIDTH * done / Math.max(1, all);
            out.printf(
                    Locale.ROOT,
                    "\r%s [%s%s] %d/%d, %.0f s left ",
                    what,
                    "#".repeat(filled),
                    ".".repeat(WIDTH - filled),
                    done,
                    all,
                    seconds / done * (all - done));
            if (done == all) {
                out.println();
            }
        } else if (10 * done / Math.max(1, all) > tenth) {
            tenth = 10 * done / all;
            out.printf(Locale.ROOT, "%s %d/%d, %.0f s%n", what, done, all, seconds);
        }
        out.flush();
    }
}
