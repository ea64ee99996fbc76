package io.gatehouse.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One run of the quickstart.
 *
 * @param exitCode what it ended with
 * @param out      what it printed
 * @param err      what it complained about
 */
record Played(int exitCode, String out, String err) {

    static Played with(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Quickstart.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
        return new Played(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The lines of one step. */
    java.util.List<String> step(int number) {
        return out.lines().filter(line -> line.startsWith(" " + number + " ")).toList();
    }
}
