package io.gatehouse.examples.quickstart.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Takes what the SDK logs (through System.Logger) to a file until it is closed: the console belongs to the morning. */
public final class LogFile implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final List<Handler> before = List.of(root.getHandlers());
    private final Path file;
    private final FileHandler handler;

    private LogFile(Path file, PrintStream err) throws IOException {
        this.file = file;
        handler = new FileHandler(file.toString());
        handler.setFormatter(new SimpleFormatter());
        handler.setErrorManager(new ErrorManager() {
            @Override
            public synchronized void error(@Nullable String message, @Nullable Exception cause, int code) {
                err.println("quickstart: the log cannot be written to " + file + " (" + cause + ")");
            }
        });
        before.forEach(root::removeHandler);
        root.addHandler(handler);
    }

    /** Begins; complaints about the file itself go to {@code err}. */
    public static LogFile open(Path file, PrintStream err) throws IOException {
        return new LogFile(file, err);
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        before.forEach(root::addHandler);
        handler.close();
    }
}
