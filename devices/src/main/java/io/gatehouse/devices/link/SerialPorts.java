package io.gatehouse.devices.link;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The serial ports that this machine has. Looking for them can take seconds, so it is done by an executor, once for all who ask
 * meanwhile, and what was found is kept for a while. Thread-safe; starts no thread.
 */
public final class SerialPorts {
    private static final Logger LOG = System.getLogger(SerialPorts.class.getName());
    private static final Path BY_ID = Path.of("/dev/serial/by-id");
    private static final String UNKNOWN = "Unknown";

    private final Executor executor;
    private final InstantSource clock;
    private final Duration fresh;
    private final Supplier<List<PortDescription>> search;
    private @Nullable CompletableFuture<List<PortDescription>> latest;
    private Instant begun = Instant.MIN;

    private SerialPorts(
            Executor executor, InstantSource clock, Duration fresh, Supplier<List<PortDescription>> search) {
        if (fresh.isNegative()) {
            throw new IllegalArgumentException("what was found is kept for no less than nothing, not " + fresh);
        }
        this.executor = Objects.requireNonNull(executor, "executor");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.fresh = fresh;
        this.search = search;
    }

    /**
     * Ports as jSerialComm sees them.
     *
     * @param executor does the looking; not the thread that asks
     * @param fresh    for how long what was found is given again
     */
    public static SerialPorts create(Executor executor, InstantSource clock, Duration fresh) {
        return create(executor, clock, fresh, SerialPorts::search);
    }

    static SerialPorts create(
            Executor executor, InstantSource clock, Duration fresh, Supplier<List<PortDescription>> search) {
        return new SerialPorts(executor, clock, fresh, search);
    }

    /** The ports, sorted by path; the same for everybody who asks while it is looked for them or what was found is fresh. */
    public synchronized CompletableFuture<List<PortDescription>> list() {
        Instant now = clock.instant();
        CompletableFuture<List<PortDescription>> known = latest;
        boolean isUsable = known != null && (!known.isDone() || (!known.isCompletedExceptionally() && isFresh(now)));
        if (known == null || !isUsable) {
            begun = now;
            known = CompletableFuture.supplyAsync(search, executor);
            latest = known;
        }
        return known.copy();
    }

    /** A clock that went back makes everything old. */
    private boolean isFresh(Instant now) {
        return !now.isBefore(begun) && Duration.between(begun, now).compareTo(fresh) < 0;
    }

    private static List<PortDescription> search() {
        List<Path> names = stableNames();
        return Arrays.stream(SerialPort.getCommPorts())
                .map(port -> describe(port, names))
                .sorted((one, other) -> one.path().compareTo(other.path()))
                .collect(Collectors.toUnmodifiableList());
    }

    private static PortDescription describe(SerialPort port, List<Path> names) {
        String path = port.getSystemPortPath();
        List<String> stable = names.stream()
                .filter(name -> leadsTo(name, path))
                .map(Path::toString)
                .sorted()
                .collect(Collectors.toList());
        return new PortDescription(path, stable, known(port.getPortDescription()), known(port.getSerialNumber()));
    }

    private static String known(@Nullable String word) {
        return word == null || word.equals(UNKNOWN) ? "" : word;
    }

    private static List<Path> stableNames() {
        if (!Files.isDirectory(BY_ID)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(BY_ID)) {
            return files.collect(Collectors.toList());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the stable names of serial ports in " + BY_ID + " cannot be listed", e);
            return List.of();
        }
    }

    private static boolean leadsTo(Path name, String path) {
        try {
            return name.toRealPath().equals(Path.of(path).toRealPath());
        } catch (IOException unpluggedMeanwhile) {
            return false;
        }
    }
}
