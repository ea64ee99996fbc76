package io.gatehouse.policy.internal.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentProblem;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.document.DocumentSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads documents within limits. Immutable and thread-safe. What is wrong with a document throws {@link DocumentException};
 * an {@link IOException} is the disk's.
 *
 * <p>A document is read token by token, so that YAML's aliases are never followed: one that has an anchor, an alias or a tag
 * is refused, and with them all documents that are small on the disk and large in memory.
 */
public final class DocumentReader {
    private final DocumentLimits limits;

    private DocumentReader(DocumentLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    public static DocumentReader of(DocumentLimits limits) {
        return new DocumentReader(limits);
    }

    /** The document's root. Its size is known to be allowed before the first byte is parsed. */
    public Element read(DocumentSource source) throws IOException {
        byte[] bytes;
        try (InputStream in = source.open()) {
            bytes = in.readNBytes(limits.maxBytes() + 1);
        }
        if (bytes.length > limits.maxBytes()) {
            throw refuse(source, BoundedStream.tooLong(limits.maxBytes()));
        }
        return parse(source, new ByteArrayInputStream(bytes), limits.maxBytes(), TokenReader::document);
    }

    /**
     * Reads one list of the root item by item, so that a document of any number of items needs the memory of one.
     *
     * @param list the list's name among the root's fields
     * @param each is given the items as they come, also where a later one turns out to be wrong
     * @return the root without the list
     */
    public Element stream(DocumentSource source, String list, Consumer<Element> each) throws IOException {
        try (InputStream in = source.open()) {
            return parse(source, in, limits.maxStreamedBytes(), tokens -> tokens.document(list, each));
        }
    }

    @FunctionalInterface
    private interface Reading {
        Element from(TokenReader tokens) throws IOException;
    }

    private Element parse(DocumentSource source, InputStream in, long maxBytes, Reading reading) throws IOException {
        Reader characters = new InputStreamReader(
                new BoundedStream(in, maxBytes),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonParser parser = factory(source.syntax(), maxBytes).createParser(characters)) {
            return reading.from(new TokenReader(source.name(), parser, limits));
        } catch (JsonProcessingException | CharacterCodingException | BoundedStream.TooLongException e) {
            throw refusal(source, e, maxBytes);
        }
    }

    /** The parser of YAML wraps what the stream beneath throws. */
    private static DocumentException refusal(DocumentSource source, IOException e, long maxBytes) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return refuse(source, "expected UTF-8, found bytes that are not: save it in UTF-8");
            }
            if (cause instanceof BoundedStream.TooLongException) {
                return refuse(source, BoundedStream.tooLong(maxBytes));
            }
        }
        return e instanceof JsonProcessingException syntax ? refuse(source, syntax) : refuse(source, e.toString());
    }

    private JsonFactory factory(DocumentSyntax syntax, long maxBytes) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxStringLength(limits.maxText())
                .maxNameLength(limits.maxText())
                .maxNumberLength(64)
                .maxDocumentLength(maxBytes)
                .build();
        if (syntax == DocumentSyntax.JSON) {
            return JsonFactory.builder()
                    .streamReadConstraints(constraints)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit((int) maxBytes);
        options.setNestingDepthLimit(limits.maxDepth());
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        return YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(constraints)
                .build();
    }

    private static DocumentException refuse(DocumentSource source, String message) {
        return new DocumentException(new DocumentProblem(source.name(), 0, 0, "", message));
    }

    /** The first line of what the parser says: further ones quote the document. */
    private static DocumentException refuse(DocumentSource source, JsonProcessingException e) {
        var at = e.getLocation();
        String said = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("it cannot be parsed");
        return new DocumentException(new DocumentProblem(
                source.name(),
                at == null ? 0 : Math.max(0, at.getLineNr()),
                at == null ? 0 : Math.max(0, at.getColumnNr()),
                "",
                "this is no " + source.syntax() + " as it is read here: " + said));
    }
}
