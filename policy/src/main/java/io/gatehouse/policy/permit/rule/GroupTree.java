package io.gatehouse.policy.permit.rule;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which groups there are and which lie in others: who is in a group is also in what it lies in. Departments and posts are
 * among them with their prefixes. Refused with an {@link IllegalArgumentException}: a group in one that is not declared, and
 * groups that lie in each other in a circle. Immutable and thread-safe.
 *
 * @param parents every group with the one it lies in, if any; an empty map declares nothing, and then every name is taken
 */
public record GroupTree(Map<String, Optional<String>> parents) {
    public GroupTree {
        parents = Map.copyOf(parents);
        for (Map.Entry<String, Optional<String>> entry : parents.entrySet()) {
            Set<String> seen = new HashSet<>();
            Optional<String> at = Optional.of(entry.getKey());
            while (at.isPresent()) {
                if (!seen.add(at.get())) {
                    throw new IllegalArgumentException("groups lie in each other in a circle through " + at.get());
                }
                Optional<String> parent = parents.get(at.get());
                if (parent == null) {
                    throw new IllegalArgumentException(
                            "group " + entry.getKey() + " lies in " + at.get() + ", which is not declared");
                }
                at = parent;
            }
        }
    }

    /** Declares nothing: any name may be used, and none lies in another. */
    public static GroupTree undeclared() {
        return new GroupTree(Map.of());
    }

    public boolean isUndeclared() {
        return parents.isEmpty();
    }

    /** Whether rules may name this group. */
    public boolean knows(String group) {
        return isUndeclared() || parents.containsKey(group);
    }

    /** The groups with all that they lie in. */
    public Set<String> closure(Collection<String> groups) {
        if (isUndeclared()) {
            return Set.copyOf(groups);
        }
        Set<String> all = new HashSet<>(groups);
        for (String group : groups) {
            Optional<String> at = parents.getOrDefault(group, Optional.empty());
            while (at.isPresent() && all.add(at.get())) {
                at = parents.getOrDefault(at.get(), Optional.empty());
            }
        }
        return all;
    }
}
