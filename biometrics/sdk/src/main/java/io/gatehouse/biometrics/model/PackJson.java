package io.gatehouse.biometrics.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An object of a descriptor, whose members are asked for by name and type; a wrong one is told with its place. */
record PackJson(JsonNode node, String place) {
    private static final int MAX_LIST = 4_096;

    /** An inner object. */
    PackJson object(String member) {
        return optional(member).orElseThrow(() -> wrong(member, "missing"));
    }

    Optional<PackJson> optional(String member) {
        JsonNode value = node.get(member);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw wrong(member, "not an object");
        }
        return Optional.of(new PackJson(value, at(member)));
    }

    /** The objects of a list; none if it is missing. */
    List<PackJson> objects(String member) {
        List<PackJson> objects = new ArrayList<>();
        for (JsonNode value : list(member)) {
            if (!value.isObject()) {
                throw wrong(member, "a list with something that is not an object");
            }
            objects.add(new PackJson(value, at(member) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : list(member)) {
            if (!value.isTextual()) {
                throw wrong(member, "a list with something that is not a text");
            }
            texts.add(value.asText());
        }
        return texts;
    }

    float[] floats(String member) {
        JsonNode array = list(member);
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            if (!array.get(i).isNumber()) {
                throw wrong(member, "a list with something that is not a number");
            }
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }

    private JsonNode list(String member) {
        JsonNode value = node.path(member);
        if (!value.isMissingNode() && !value.isArray()) {
            throw wrong(member, "not a list");
        }
        if (value.size() > MAX_LIST) {
            throw wrong(member, "a list of more than " + MAX_LIST);
        }
        return value;
    }

    boolean has(String member) {
        return node.has(member);
    }

    String text(String member) {
        JsonNode value = node.get(member);
        if (value == null || !value.isTextual()) {
            throw wrong(member, "missing or not a text");
        }
        return value.asText();
    }

    String text(String member, String otherwise) {
        return has(member) ? text(member) : otherwise;
    }

    double number(String member) {
        JsonNode value = node.get(member);
        if (value == null || !value.isNumber()) {
            throw wrong(member, "missing or not a number");
        }
        return value.asDouble();
    }

    int whole(String member) {
        double value = number(member);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw wrong(member, "not a whole number: " + value);
        }
        return (int) value;
    }

    boolean flag(String member) {
        JsonNode value = node.path(member);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(member, "not true or false");
        }
        return value.asBoolean();
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    <E extends Enum<E>> E choice(String member, Class<E> of) {
        String text = text(member);
        for (E constant : of.getEnumConstants()) {
            if (written(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        List<String> known =
                Arrays.stream(of.getEnumConstants()).map(PackJson::written).toList();
        throw wrong(member, "'" + text + "', this version of Gatehouse knows " + known);
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void require(String member, String only) {
        String text = text(member);
        if (!text.equals(only)) {
            throw wrong(member, "'" + text + "', this version of Gatehouse knows '" + only + "'");
        }
    }

    IllegalArgumentException wrong(String member, String how) {
        return new IllegalArgumentException("'" + at(member) + "' is " + how);
    }

    private String at(String member) {
        return place.isEmpty() ? member : place + "." + member;
    }
}
