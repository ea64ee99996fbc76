package io.gatehouse.policy.document;

import java.util.Objects;

/**
 * What is wrong with a document, and where. Immutable and thread-safe.
 *
 * @param file    name of the document
 * @param line    counted from 1; 0 if it is about the whole document
 * @param column  counted from 1; 0 if it is about the whole document
 * @param path    the way to the place from the root: {@code rules[3].when.hours}; empty for the root
 * @param message what was expected, and what was found instead
 */
public record DocumentProblem(String file, int line, int column, String path, String message) {
    public DocumentProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
    }

    /** {@code rules.yaml:12:5 rules[3].when: expected …}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + (path.isEmpty() ? "" : " " + path) + ": " + message;
    }
}
