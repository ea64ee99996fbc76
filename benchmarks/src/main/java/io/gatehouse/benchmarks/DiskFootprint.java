package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/** Adds up the jars that a gate needs, and tells which of them bring native libraries for several platforms. */
final class DiskFootprint {
    private static final double MEGABYTE = 1e6;
    /** Libraries lie, with their debug symbols, in a folder of the system and the processor, or of both in one name. */
    private static final Pattern PLATFORM = Pattern.compile(
            "(?:^|/)(linux-musl|linux|win|windows|mac|osx|freebsd|openbsd|solaris|android)[-/]([a-z0-9_+.-]+)/");

    private static final Set<String> LINUX_X64 = Set.of("linux x86_64", "linux x64");
    private static final List<String> DECIDE =
            List.of("gatehouse-core", "gatehouse-codes", "gatehouse-devices", "gatehouse-policy");
    private static final List<String> FACES =
            List.of("gatehouse-biometrics", "gatehouse-biometrics-models", "gatehouse-biometrics-models-liveness");

    private DiskFootprint() {}

    static void print(Path lib, Path tree) throws IOException {
        DependencyTree dependencies = DependencyTree.read(tree);
        Set<String> decide = dependencies.jarsOf(DECIDE);
        print("A gate that only decides (cards, codes, rules, records)", lib, decide);
        List<String> both = new ArrayList<>(DECIDE);
        both.addAll(FACES);
        print("A gate that recognises faces too", lib, dependencies.jarsOf(both));
    }

    private static void print(String title, Path lib, Set<String> names) throws IOException {
        List<Jar> jars = new ArrayList<>();
        for (String name : names) {
            jars.add(Jar.of(lib.resolve(name)));
        }
        jars.sort(Comparator.comparingLong(Jar::bytes).reversed());
        System.out.println(title);
        for (Jar jar : jars) {
            System.out.printf(
                    Locale.ROOT,
                    "  %7.2f MB  %s%s%n",
                    jar.bytes() / MEGABYTE,
                    jar.name(),
                    jar.platforms() < 2
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "  (native code for %d platforms; without all but linux-x86_64 %.2f MB)",
                                    jar.platforms(),
                                    (jar.bytes() - jar.foreignBytes()) / MEGABYTE));
        }
        long all = jars.stream().mapToLong(Jar::bytes).sum();
        long foreign = jars.stream().mapToLong(Jar::foreignBytes).sum();
        System.out.printf(
                Locale.ROOT,
                "  %7.2f MB  in all, %d jars; native code for other platforms than linux-x86_64 is %.2f MB of it%n%n",
                all / MEGABYTE,
                jars.size(),
                foreign / MEGABYTE);
    }

    /**
     * A jar on disk.
     *
     * @param platforms    for how many it holds native code
     * @param foreignBytes the compressed size of what is not for Linux on x86-64
     */
    private record Jar(String name, long bytes, int platforms, long foreignBytes) {
        static Jar of(Path file) throws IOException {
            Set<String> platforms = new TreeSet<>();
            long foreign = 0;
            try (JarFile jar = new JarFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(jar.entries())) {
                    Matcher matcher = PLATFORM.matcher(entry.getName().toLowerCase(Locale.ROOT));
                    if (!entry.isDirectory() && !entry.getName().endsWith(".class") && matcher.find()) {
                        String platform = matcher.group(1) + " " + matcher.group(2);
                        platforms.add(platform);
                        foreign += LINUX_X64.contains(platform) ? 0 : entry.getCompressedSize();
                    }
                }
            }
            return new Jar(String.valueOf(file.getFileName()), Files.size(file), platforms.size(), foreign);
        }
    }
}
