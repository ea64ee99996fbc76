package io.gatehouse.policy.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A document before it is read: its name in messages, how it is written, and where its bytes (UTF-8) come from.
 * Immutable and thread-safe.
 */
public final class DocumentSource {
    private final String name;
    private final DocumentSyntax syntax;
    private final Content content;

    private DocumentSource(String name, DocumentSyntax syntax, Content content) {
        this.name = Objects.requireNonNull(name, "name");
        this.syntax = Objects.requireNonNull(syntax, "syntax");
        this.content = content;
    }

    @FunctionalInterface
    private interface Content {
        InputStream open() throws IOException;
    }

    /** A file, which is opened when the document is read; the end of its name says how it is written. */
    public static DocumentSource of(Path file) {
        String name = file.toString();
        return new DocumentSource(name, DocumentSyntax.ofName(name), () -> Files.newInputStream(file));
    }

    /** Bytes at hand; the end of the name says how they are written. */
    public static DocumentSource of(String name, byte[] bytes) {
        byte[] copy = bytes.clone();
        return new DocumentSource(name, DocumentSyntax.ofName(name), () -> new ByteArrayInputStream(copy));
    }

    /** Text at hand; the end of the name says how it is written. */
    public static DocumentSource of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public String name() {
        return name;
    }

    public DocumentSyntax syntax() {
        return syntax;
    }

    /** The bytes from their beginning; the caller closes the stream. */
    public InputStream open() throws IOException {
        return content.open();
    }

    @Override
    public String toString() {
        return name;
    }
}
