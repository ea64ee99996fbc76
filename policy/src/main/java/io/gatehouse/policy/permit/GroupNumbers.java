package io.gatehouse.policy.permit;

import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.facts.Subject;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.Who;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * For the name of a group, the numbers of all groups whose members are members of it: itself and what lies in it. So the tree
 * costs nothing when a decision is made. Immutable and thread-safe once it is filled.
 */
final class GroupNumbers {
    private final Names names;
    private final Map<String, Set<String>> within = new HashMap<>();
    private final Map<String, int[]> numbers = new HashMap<>();
    private final Map<String, int[]> departments = new HashMap<>();

    private GroupNumbers(Names names, GroupTree tree) {
        this.names = names;
        for (String group : tree.parents().keySet()) {
            for (String outer : tree.closure(List.of(group))) {
                within.computeIfAbsent(outer, it -> new HashSet<>()).add(group);
            }
        }
        for (Map.Entry<String, Set<String>> entry : within.entrySet()) {
            numbers.put(entry.getKey(), numbers(entry.getValue()));
        }
        for (String group : within.keySet()) {
            if (group.startsWith(Who.DEPARTMENT)) {
                departments.put(group.substring(Who.DEPARTMENT.length()), of(group));
            }
        }
    }

    static GroupNumbers of(Names names, GroupTree tree) {
        return new GroupNumbers(names, tree);
    }

    private int[] numbers(Set<String> groups) {
        return groups.stream().mapToInt(names::number).sorted().toArray();
    }

    /** Only while compiling. */
    int[] of(String group) {
        return numbers.computeIfAbsent(group, it -> numbers(Set.of(it)));
    }

    /** Only while compiling: all of these together. */
    int[] ofAny(String prefix, Set<String> groups) {
        return groups.stream()
                .flatMapToInt(group -> Arrays.stream(of(prefix + group)))
                .distinct()
                .toArray();
    }

    /** Whether somebody is in a department, or in one within it. */
    boolean isMember(Subject subject, String department) {
        int[] declared = departments.get(department);
        if (declared != null) {
            return Extra.isInAny(subject, declared);
        }
        String name = Who.DEPARTMENT + department;
        return subject.person().groups().contains(name);
    }
}
