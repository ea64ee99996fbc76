package io.gatehouse.policy.internal.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A form: a JSON Schema (2020-12), with formats checked. Immutable and thread-safe. Nothing is fetched, so a schema refers
 * to nothing outside itself.
 */
public final class Forms {
    private static final int MAX_CHARACTERS = 200_000;
    private static final int MOST_TOLD = 10;
    private static final String META = "https://json-schema.org/draft/2020-12/schema";

    private static final JsonMapper JSON = JsonMapper.builder()
            .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(64)
                        .maxDocumentLength(MAX_CHARACTERS)
                        .maxNumberLength(64)
                        .build());
    }

    private final Schema schema;

    private Forms(Schema schema) {
        this.schema = schema;
    }

    /**
     * The form of a schema.
     *
     * @throws IllegalArgumentException if it is none, or refers to something outside itself
     */
    public static Forms of(String schema) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        try {
            JsonNode node = JSON.readTree(schema);
            List<String> wrong =
                    told(registry.getSchema(SchemaLocation.of(META)).validate(node));
            if (!node.isObject() || !wrong.isEmpty()) {
                throw new IllegalArgumentException("this is no JSON Schema of a form: " + wrong);
            }
            Forms form = new Forms(registry.getSchema(node));
            form.schema.initializeValidators();
            return form;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a form's schema is no JSON: " + e.getOriginalMessage(), e);
        } catch (com.networknt.schema.SchemaException e) {
            throw new IllegalArgumentException("a form's schema cannot be used: " + e.getMessage(), e);
        }
    }

    /** What is wrong with what was filled in, at most ten problems; empty if nothing. */
    public List<String> problems(String filledIn) {
        Optional<Answers> answers = Answers.read(filledIn);
        return answers.isEmpty()
                ? List.of("it is no JSON of at most " + MAX_CHARACTERS + " characters")
                : told(schema.validate(filledIn, InputFormat.JSON));
    }

    private static List<String> told(List<com.networknt.schema.Error> errors) {
        List<String> told = new ArrayList<>();
        for (com.networknt.schema.Error error : errors.subList(0, Math.min(MOST_TOLD, errors.size()))) {
            told.add(error.getInstanceLocation() + ": " + error.getMessage());
        }
        return told;
    }

    /** What was filled in, read. */
    static Optional<JsonNode> read(String filledIn) {
        try {
            return Optional.of(JSON.readTree(filledIn)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
