package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code mvn dependency:tree -Dverbose} writes, read as a graph: which artifact needs which. An artifact that more
 * than one needs stands in brackets at its further places, so the graph is put together by name.
 */
final class DependencyTree {
    /** Three characters a level, then group, artifact, type, perhaps a classifier, version, perhaps a scope. */
    private static final Pattern LINE =
            Pattern.compile("((?:[|+\\\\ ][ -]{2})*)(\\()?([^\\s():]+:[^\\s():]+:[^\\s()]+).*");

    private static final int INDENT = 3;
    private static final Set<String> SCOPES = Set.of("compile", "runtime", "provided", "system", "test");

    private final Map<String, Set<String>> needs = new HashMap<>();
    private final Map<String, String> jars = new HashMap<>();

    private DependencyTree() {}

    static DependencyTree read(Path file) throws IOException {
        DependencyTree tree = new DependencyTree();
        List<String> path = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("this is no line of a dependency tree: " + line);
            }
            int depth = matcher.group(1).length() / INDENT;
            List<String> parts = List.of(matcher.group(3).split(":", -1));
            boolean hasScope = SCOPES.contains(parts.get(parts.size() - 1));
            List<String> coordinates = hasScope ? parts.subList(0, parts.size() - 1) : parts;
            String key = key(coordinates);
            path.subList(Math.min(depth, path.size()), path.size()).clear();
            if (!path.isEmpty()) {
                tree.needs
                        .computeIfAbsent(path.get(path.size() - 1), it -> new HashSet<>())
                        .add(key);
            }
            path.add(key);
            // One in brackets may be a version that lost against another.
            if (matcher.group(2) == null) {
                tree.jars.put(key, jar(coordinates));
            }
        }
        return tree;
    }

    /** All but group and version: the artifact and what tells its files apart. */
    private static String key(List<String> coordinates) {
        return String.join(":", coordinates.subList(1, coordinates.size() - 1));
    }

    private static String jar(List<String> coordinates) {
        String version = coordinates.get(coordinates.size() - 1);
        String classifier = coordinates.size() > 4 ? "-" + coordinates.get(3) : "";
        return coordinates.get(1) + "-" + version + classifier + ".jar";
    }

    /** The file names of these artifacts and of all that they need. */
    Set<String> jarsOf(Collection<String> artifacts) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        artifacts.forEach(artifact -> open.add(artifact + ":jar"));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String key = open.remove();
            String jar = jars.get(key);
            if (jar == null) {
                throw new IllegalArgumentException("the dependency tree names " + key + " nowhere in full");
            }
            found.add(jar);
            needs.getOrDefault(key, Set.of()).stream().filter(seen::add).forEach(open::add);
        }
        return found;
    }
}
