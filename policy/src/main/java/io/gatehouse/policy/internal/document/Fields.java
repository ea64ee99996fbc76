package io.gatehouse.policy.internal.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields of an object. Immutable and thread-safe. */
public final class Fields {
    private final Element owner;
    private final Map<String, Element> byName;

    Fields(Element owner, Map<String, Element> byName) {
        this.owner = owner;
        this.byName = byName;
    }

    /** A field that must be there. */
    public Element required(String name) {
        Element element = byName.get(name);
        if (element == null) {
            throw owner.refuse("a field '" + name + "'");
        }
        return element;
    }

    /** A field that may be missing. */
    public Optional<Element> optional(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** A list that may be missing, each item read in the same way. */
    public <T> List<T> list(String name, Function<Element, T> reading) {
        return optional(name).map(list -> list.items(reading)).orElse(List.of());
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** The object itself. */
    public Element owner() {
        return owner;
    }
}
