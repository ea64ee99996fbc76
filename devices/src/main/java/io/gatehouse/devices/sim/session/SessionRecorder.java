package io.gatehouse.devices.sim.session;

import io.gatehouse.devices.sim.TapEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a {@link io.gatehouse.devices.sim.LinkTap} tells it, each entry at once, so that a killed program leaves
 * what it had. A disk that fails stops the recording, not the link; {@link #close} says so. What goes over a link may be
 * credentials: the file is as secret as those. Thread-safe.
 */
public final class SessionRecorder implements Consumer<TapEntry>, Closeable {
    private static final Logger LOG = System.getLogger(SessionRecorder.class.getName());

    private final Writer file;
    private @Nullable IOException failure;

    private SessionRecorder(Writer file) {
        this.file = file;
    }

    /**
     * Begins a recording.
     *
     * @throws IOException if the file is there already or cannot be written
     */
    public static SessionRecorder create(Path file) throws IOException {
        Writer writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        SessionRecorder recorder = new SessionRecorder(writer);
        try {
            recorder.writeLine(Session.HEADER);
        } catch (IOException e) {
            writer.close();
            throw e;
        }
        return recorder;
    }

    @Override
    public synchronized void accept(TapEntry entry) {
        if (failure != null || entry.bytes().length == 0) {
            return;
        }
        try {
            writeLine(entry.toString());
        } catch (IOException e) {
            failure = e;
            LOG.log(Level.ERROR, "the recording of a session ends here", e);
        }
    }

    private void writeLine(String line) throws IOException {
        file.write(line);
        file.write('\n');
        file.flush();
    }

    /** @throws IOException if not everything was written down */
    @Override
    public synchronized void close() throws IOException {
        file.close();
        if (failure != null) {
            throw failure;
        }
    }
}
