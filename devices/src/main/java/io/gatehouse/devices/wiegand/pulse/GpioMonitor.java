package io.gatehouse.devices.wiegand.pulse;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The data lines as {@code gpiomon} of libgpiod (1 or 2) sees them, with the kernel's times, which are of the interrupt and not
 * of when a program got round to it. The program is part of the Debian package {@code gpiod}. For one reading thread; may be
 * closed by another.
 */
public final class GpioMonitor implements EdgeSource {
    private static final Logger LOG = System.getLogger(GpioMonitor.class.getName());
    private static final int MAX_LINE = 200;
    private static final int MAX_QUEUED = 100_000;
    private static final Duration VERSION_PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final GpioLineCodec codec;
    private final BlockingQueue<Edge> edges = new ArrayBlockingQueue<>(MAX_QUEUED);
    private volatile String said = "";
    private volatile boolean ended;
    private volatile boolean closed;

    private GpioMonitor(Process process, GpioLineCodec codec, String name) {
        this.process = process;
        this.codec = codec;
        Thread thread = new Thread(this::run, "gatehouse-gpio " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Watches two lines of a chip.
     *
     * @param chip a number, name or path, such as {@code gpiochip0}
     * @param d0   the offset of D0 on it
     * @param d1   the offset of D1
     * @throws IOException if there is no {@code gpiomon}
     */
    public static GpioMonitor open(String chip, int d0, int d1) throws IOException {
        return open(List.of("gpiomon"), chip, d0, d1);
    }

    /** As {@link #open(String, int, int)}, with another program in the place of {@code gpiomon}. */
    static GpioMonitor open(List<String> program, String chip, int d0, int d1) throws IOException {
        GpioLineCodec codec = new GpioLineCodec(d0, d1);
        if (!chip.matches("[A-Za-z0-9/_.-]{1,100}") || chip.startsWith("-")) {
            throw new IllegalArgumentException("a chip is a number, a name or a path, not '" + chip + "'");
        }
        List<String> command = new ArrayList<>(program);
        if (isVersion1(program)) {
            command.addAll(List.of("--line-buffered", "--format=%o %e %s %n", chip));
        } else {
            command.addAll(List.of("--format=%o %e %S", "--chip=" + chip));
        }
        command.add(Integer.toString(d0));
        command.add(Integer.toString(d1));
        return new GpioMonitor(start(command), codec, chip + " " + d0 + " " + d1);
    }

    private static Process start(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("gpiomon cannot be started: install libgpiod's tools (the package gpiod)", e);
        }
    }

    private static boolean isVersion1(List<String> program) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.add("--version");
        Process asked = start(command);
        asked.getOutputStream().close();
        try {
            String answer = new String(asked.getInputStream().readNBytes(MAX_LINE), StandardCharsets.UTF_8);
            if (!asked.waitFor(VERSION_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("gpiomon --version does not end");
            }
            return answer.contains(" v1.") || answer.contains(" 1.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while gpiomon was asked for its version");
        } finally {
            asked.destroy();
        }
    }

    private void run() {
        try (InputStream in = new BufferedInputStream(process.getInputStream())) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    take(line.toString(StandardCharsets.UTF_8).strip());
                    line.reset();
                } else if (line.size() < MAX_LINE) {
                    line.write(next);
                }
            }
        } catch (IOException e) {
            if (!closed) {
                said = e.toString();
            }
        } finally {
            ended = true;
            process.destroy();
        }
    }

    private void take(String line) throws IOException {
        Optional<Edge> edge = codec.decode(line);
        if (edge.isEmpty()) {
            // Such as that the chip does not exist; gpiomon ends after it.
            said = line;
            LOG.log(Level.DEBUG, "gpiomon said: {0}", line);
        } else if (!edges.offer(edge.get())) {
            throw new IOException("more than " + MAX_QUEUED + " edges wait: nobody reads them, or a line floats");
        }
    }

    @Override
    public Optional<Edge> next(Duration patience) throws IOException {
        try {
            Edge edge = edges.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (edge != null) {
                return Optional.of(edge);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an edge");
        }
        if (closed) {
            throw new IOException("the monitor is closed");
        }
        if (ended && edges.isEmpty()) {
            throw new IOException("gpiomon ended" + (said.isEmpty() ? "" : ": " + said));
        }
        return Optional.empty();
    }

    /** Ends the program. */
    @Override
    public void close() {
        closed = true;
        process.destroy();
    }
}
