package io.gatehouse.policy.permit.facts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers for the names of groups, the same for as long as it lives, so that people are read once and outlast changes of the
 * rules. Thread-safe. It grows by each name it has not seen, and forgets none: names come from a directory and from rules, not
 * from whoever stands at a door.
 */
public final class Names {
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    private Names() {}

    public static Names create() {
        return new Names();
    }

    /** The name's number, from 0 up. */
    public int number(String name) {
        Integer known = numbers.get(name);
        return known != null ? known : numbers.computeIfAbsent(name, added -> next.getAndIncrement());
    }

    public int size() {
        return numbers.size();
    }
}
