package io.gatehouse.devices.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What links could leave behind: threads of ours, and descriptors of terminals, sockets and selectors where /proc shows them. */
public final class Leftovers {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final long threads;
    private final long descriptors;

    private Leftovers(long threads, long descriptors) {
        this.threads = threads;
        this.descriptors = descriptors;
    }

    /** As many as there are now. */
    public static Leftovers now() {
        return new Leftovers(threads().size(), descriptors().size());
    }

    /** Waits until there are no more than then. */
    public void awaitNone() {
        Awaitility.await()
                .alias("threads " + threads() + ", descriptors " + descriptors())
                .until(() -> threads().size() <= threads && descriptors().size() <= descriptors);
    }

    public static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("gatehouse-"))
                .collect(Collectors.toList());
    }

    private static List<String> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.map(Leftovers::target)
                    .filter(target -> target.startsWith("/dev/pts")
                            || target.startsWith("socket:")
                            || target.contains("[eventpoll]")
                            || target.contains("[eventfd]"))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
