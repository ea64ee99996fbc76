package io.gatehouse.policy.internal.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** What was filled in. Immutable and thread-safe. */
public final class Answers {
    private final JsonNode root;

    private Answers(JsonNode root) {
        this.root = root;
    }

    /** Empty if it is no JSON object. */
    public static Optional<Answers> read(String filledIn) {
        return Forms.read(filledIn).map(Answers::new);
    }

    /** A field as text: of a text, a number or a flag; of a field within another with a dot between them. */
    public Optional<String> text(String field) {
        return node(field)
                .filter(JsonNode::isValueNode)
                .filter(node -> !node.isNull())
                .map(JsonNode::asText);
    }

    /** A field that is a number. */
    public Optional<BigDecimal> number(String field) {
        return node(field).filter(JsonNode::isNumber).map(JsonNode::decimalValue);
    }

    private Optional<JsonNode> node(String field) {
        JsonNode at = root;
        for (String name : field.split("\\.", -1)) {
            at = at.path(name);
        }
        return at.isMissingNode() ? Optional.empty() : Optional.of(at);
    }
}
