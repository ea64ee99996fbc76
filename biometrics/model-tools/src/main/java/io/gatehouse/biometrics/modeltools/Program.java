package io.gatehouse.biometrics.modeltools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The frame of a program that the build runs: options by name, and failures as one sentence instead of a stack trace. */
final class Program {
    private Program() {}

    /** What a program does. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Runs it; whatever the person at the build can do something about is thrown on as a {@link Failure}. */
    static void run(Work work) {
        try {
            work.run();
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A failure that is its message and nothing else. It has no stack trace and no cause, so that the JVM and Maven print the one
     * sentence and end with a code other than 0.
     */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    /** Reads {@code NAME VALUE} pairs; every name is required and no other is known. */
    static Options options(String[] args, String... names) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            values.put(args[i], args[i + 1]);
        }
        if (args.length % 2 != 0 || !values.keySet().equals(new TreeSet<>(List.of(names)))) {
            throw new IllegalArgumentException("Expected the options " + List.of(names) + ", each with a value; got "
                    + Arrays.toString(args) + ".");
        }
        return new Options(values);
    }

    /**
     * Options of a command line.
     *
     * @param values by name
     */
    record Options(Map<String, String> values) {
        Options {
            values = Map.copyOf(values);
        }

        /** The value of a required option, as a path. */
        Path path(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("The option " + name + " is missing.");
            }
            return Path.of(value);
        }
    }
}
