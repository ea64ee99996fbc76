package io.gatehouse.policy.internal.document;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.document.DocumentSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Holds documents against a published JSON Schema (2020-12), with a validator that knows nothing of the readers. */
public final class SchemaCheck {
    private final Schema schema;

    private SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    /** The schema must itself be one. */
    public static SchemaCheck of(String schema) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        List<String> wrong = registry
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
        if (!wrong.isEmpty()) {
            throw new AssertionError("the schema is none: " + wrong);
        }
        return new SchemaCheck(registry.getSchema(schema));
    }

    /** What the schema finds wrong with the document; empty if nothing. */
    public List<String> problems(DocumentSource document) throws IOException {
        try (InputStream in = document.open()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            InputFormat format = document.syntax() == DocumentSyntax.JSON ? InputFormat.JSON : InputFormat.YAML;
            return schema.validate(text, format).stream().map(Object::toString).toList();
        }
    }
}
