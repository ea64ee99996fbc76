package io.gatehouse.policy.internal.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) of maps, lists, texts, whole numbers and booleans, fields in the order of the map, so that the same
 * content has the same text. Beyond ASCII it is written as it is, in UTF-8. Stateless.
 */
public final class JsonText {
    private JsonText() {}

    /** The text, indented by two spaces, with a line break at its end. */
    public static String of(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, "\n");
        return out.append('\n').toString();
    }

    /** The text in one line. */
    public static String line(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, "");
        return out.toString();
    }

    private static void write(StringBuilder out, @Nullable Object value, String newLine) {
        if (value instanceof Optional<?> optional) {
            write(out, optional.orElse(null), newLine);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(out, map, newLine);
        } else if (value instanceof List<?> list) {
            writeList(out, list, newLine);
        } else if (value == null || value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            out.append(value);
        } else {
            quote(out, value.toString());
        }
    }

    private static void writeMap(StringBuilder out, Map<?, ?> map, String newLine) {
        String inner = newLine.isEmpty() ? "" : newLine + "  ";
        String comma = "";
        out.append('{');
        for (Map.Entry<?, ?> field : map.entrySet()) {
            out.append(comma).append(inner);
            quote(out, String.valueOf(field.getKey()));
            out.append(newLine.isEmpty() ? ":" : ": ");
            write(out, field.getValue(), inner);
            comma = ",";
        }
        out.append(map.isEmpty() ? "" : newLine).append('}');
    }

    private static void writeList(StringBuilder out, List<?> list, String newLine) {
        String inner = newLine.isEmpty() ? "" : newLine + "  ";
        String comma = "";
        out.append('[');
        for (Object item : list) {
            out.append(comma).append(inner);
            write(out, item, inner);
            comma = ",";
        }
        out.append(list.isEmpty() ? "" : newLine).append(']');
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    // Lone surrogates have no UTF-8.
                    boolean isLone = Character.isSurrogate(c)
                            && !(Character.isHighSurrogate(c)
                                    && i + 1 < text.length()
                                    && Character.isLowSurrogate(text.charAt(i + 1)))
                            && !(Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
                    if (c < 0x20 || isLone) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
