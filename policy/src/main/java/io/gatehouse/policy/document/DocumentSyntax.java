package io.gatehouse.policy.document;

import java.util.Locale;

/** How a document is written. */
public enum DocumentSyntax {
    /** YAML 1.1 as SnakeYAML reads it, without anchors, aliases, tags and merge keys, one document a file. */
    YAML,
    /** JSON (RFC 8259). */
    JSON;

    /** By the end of a file's name: {@code .json}, {@code .yaml} or {@code .yml}. */
    public static DocumentSyntax ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json")) {
            return JSON;
        }
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return YAML;
        }
        throw new IllegalArgumentException("'" + name + "' ends neither in .json nor in .yaml or .yml");
    }
}
