package io.gatehouse.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the JVM and Linux say about the memory of this process. Stateless. */
final class ProcessMemory {
    private static final double MEBIBYTE = 1 << 20;
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** By the JVM's own word; what the operating system took to begin it is not in it. */
    static long millisSinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    /** Collects garbage and prints one line. Asked before anything is closed. */
    static void print(long firstDecisionMillis) throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed();
        System.out.printf(
                Locale.ROOT,
                "first decision %.2f s after the JVM's start; heap in use %.1f MiB, classes and code %.1f MiB;"
                        + " resident %s, at most %s; took %.1f s%n",
                Duration.ofMillis(firstDecisionMillis).toMillis() / 1000.0,
                heap / MEBIBYTE,
                other / MEBIBYTE,
                status("VmRSS:"),
                status("VmHWM:"),
                millisSinceStart() / 1000.0);
    }

    private static String status(String field) throws IOException {
        if (!Files.isReadable(STATUS)) {
            return "unknown (only Linux tells)";
        }
        List<String> lines = Files.readAllLines(STATUS);
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .findFirst()
                .map(line -> kibibytes(line) / 1024)
                .map(mebibytes -> String.format(Locale.ROOT, "%.1f MiB", mebibytes))
                .orElse("unknown");
    }

    /** Such a line reads {@code VmRSS:     12345 kB}; the kernel's kB are 1,024 bytes. */
    private static double kibibytes(String line) {
        return Double.parseDouble(line.replaceAll("\\D", ""));
    }
}
