package io.gatehouse.policy.internal.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.gatehouse.policy.document.DocumentLimits;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes elements of the tokens of one document. Used by one thread. */
final class TokenReader {
    private final String file;
    private final JsonParser parser;
    private final DocumentLimits limits;
    private int values;

    TokenReader(String file, JsonParser parser, DocumentLimits limits) {
        this.file = file;
        this.parser = parser;
        this.limits = limits;
    }

    Element document() throws IOException {
        JsonToken first = parser.nextToken();
        Place root = Place.root(file, line(), column());
        if (first == null) {
            throw root.refuse("expected a document, found nothing");
        }
        Element element = value(root, first, 1);
        requireEnd(root);
        return element;
    }

    Element document(String list, Consumer<Element> each) throws IOException {
        JsonToken first = parser.nextToken();
        Place root = Place.root(file, line(), column());
        if (first != JsonToken.START_OBJECT) {
            throw root.refuse("expected an object with a list '" + list + "'");
        }
        requirePlain(root);
        Map<String, Element> fields = new LinkedHashMap<>();
        boolean streamed = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place field = field(root);
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (fields.containsKey(name) || (streamed && name.equals(list))) {
                throw field.refuse("this field occurs twice");
            }
            if (name.equals(list) && token == JsonToken.START_ARRAY) {
                requirePlain(field);
                items(field, each);
                streamed = true;
            } else {
                fields.put(name, value(field, token, 2));
            }
        }
        requireEnd(root);
        return new Element(root, Collections.unmodifiableMap(fields));
    }

    private void items(Place list, Consumer<Element> each) throws IOException {
        int left = values;
        int index = 0;
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            values = left;
            each.accept(value(list.item(index++, line(), column()), token, 3));
            token = parser.nextToken();
        }
        values = left;
    }

    private void requireEnd(Place root) throws IOException {
        if (parser.nextToken() != null) {
            throw Place.root(file, line(), column())
                    .refuse("expected the end of the document, found more: one document a file"
                            + (root.line() > 0 ? " (it began on line " + root.line() + ")" : ""));
        }
    }

    private Element value(Place place, @Nullable JsonToken token, int depth) throws IOException {
        requirePlain(place);
        if (++values > limits.maxValues()) {
            throw place.refuse("expected at most " + limits.maxValues() + " values, found more: split it");
        }
        if (depth > limits.maxDepth() + 1) {
            throw place.refuse("expected at most " + limits.maxDepth() + " objects and lists within each other");
        }
        if (token == JsonToken.START_OBJECT) {
            return object(place, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return list(place, depth);
        }
        return new Element(place, scalar(place, token));
    }

    private Element object(Place place, int depth) throws IOException {
        Map<String, Element> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place field = field(place);
            String name = parser.currentName();
            if (fields.put(name, value(field, parser.nextToken(), depth + 1)) != null) {
                throw field.refuse("this field occurs twice");
            }
        }
        return new Element(place, Collections.unmodifiableMap(fields));
    }

    private Place field(Place parent) throws IOException {
        Place field = parent.field(parser.currentName(), line(), column());
        requirePlain(field);
        return field;
    }

    private Element list(Place place, int depth) throws IOException {
        List<Element> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(value(place.item(items.size(), line(), column()), token, depth + 1));
            token = parser.nextToken();
        }
        return new Element(place, Collections.unmodifiableList(items));
    }

    private @Nullable Object scalar(Place place, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw place.refuse("expected a value, found the end of the document");
        }
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole(place);
            case VALUE_NUMBER_FLOAT -> decimal(place);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw place.refuse("expected a value");
        };
    }

    private Long whole(Place place) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw place.refuse("expected a whole number of at most 64 bits");
        }
        return parser.getLongValue();
    }

    private BigDecimal decimal(Place place) throws IOException {
        if (parser.isNaN()) {
            throw place.refuse("expected a number, found one that is none");
        }
        return parser.getDecimalValue();
    }

    private void requirePlain(Place place) throws IOException {
        if (parser instanceof YAMLParser yaml
                && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
            throw place.refuse("expected plain YAML, found an anchor, an alias or a tag: write it out");
        }
    }

    private int line() {
        return location().getLineNr();
    }

    private int column() {
        return location().getColumnNr();
    }

    private JsonLocation location() {
        return parser.currentTokenLocation();
    }
}
