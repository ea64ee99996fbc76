package io.gatehouse.policy.internal.document;

import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentProblem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document with its place. Each method asks for one type and refuses every other with a
 * {@link DocumentException} that says what was expected; nothing is converted silently. Immutable and thread-safe.
 */
public final class Element {
    private static final int MAX_SHOWN = 60;

    private final Place place;
    private final @Nullable Object value;

    /** The value is a map, a list, a string, a number, a boolean or null. */
    Element(Place place, @Nullable Object value) {
        this.place = place;
        this.value = value;
    }

    /** An object with no other fields than these. */
    public Fields fields(String... known) {
        if (!(value instanceof Map<?, ?> map)) {
            throw refuse("an object with " + String.join(", ", known));
        }
        List<String> names = List.of(known);
        map.forEach((name, element) -> {
            if (!names.contains(name)) {
                throw ((Element) element)
                        .place.refuse("'" + clip(String.valueOf(name)) + "' is unknown here; known are "
                                + String.join(", ", names));
            }
        });
        return new Fields(this, entries());
    }

    /** An object whose field names are data, in the order of the document. */
    @SuppressWarnings("unchecked") // Only the parser makes elements, and its maps are such.
    public Map<String, Element> entries() {
        if (!(value instanceof Map<?, ?> map)) {
            throw refuse("an object");
        }
        return (Map<String, Element>) map;
    }

    /** A list, which may be empty. */
    @SuppressWarnings("unchecked") // Only the parser makes elements, and its lists are such.
    public List<Element> items() {
        if (!(value instanceof List<?> list)) {
            throw refuse("a list");
        }
        return (List<Element>) list;
    }

    /** A list, each item read in the same way. */
    public <T> List<T> items(Function<Element, T> reading) {
        return items().stream().map(reading).toList();
    }

    /** Text that is not blank. */
    public String text() {
        if (!(value instanceof String text)) {
            throw refuse("a text");
        }
        if (text.isBlank()) {
            throw refuse("a text that is not blank");
        }
        return text;
    }

    /** Whether it is text; for places where an object may stand instead. */
    public boolean isText() {
        return value instanceof String;
    }

    public boolean isList() {
        return value instanceof List;
    }

    /** A whole number within these limits, both inclusive. */
    public long integer(long least, long most) {
        if (!(value instanceof Long number) || number < least || number > most) {
            throw refuse("a whole number from " + least + " to " + most);
        }
        return number;
    }

    /** A number within these limits, both inclusive. */
    public double number(double least, double most) {
        double number = value instanceof Long whole
                ? (double) whole
                : value instanceof BigDecimal decimal ? decimal.doubleValue() : Double.NaN;
        if (!(number >= least && number <= most)) {
            throw refuse("a number from " + least + " to " + most);
        }
        return number;
    }

    public boolean flag() {
        if (!(value instanceof Boolean flag)) {
            throw refuse("true or false");
        }
        return flag;
    }

    /** One of an enum's words, in lower case with {@code -} for {@code _}. */
    public <E extends Enum<E>> E word(Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(value)) {
                return constant;
            }
        }
        throw refuse("one of "
                + Arrays.stream(type.getEnumConstants()).map(Element::word).collect(Collectors.joining(", ")));
    }

    /** As an enum's constant is written in documents. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Text in some form, such as a date; what the parsing function throws becomes a refusal. */
    public <T> T parsed(String expected, Function<String, T> parsing) {
        String text = text();
        try {
            return parsing.apply(text);
        } catch (DocumentException e) {
            throw e;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw place.refuse("expected " + expected + ", found " + shown() + " (" + e.getMessage() + ")");
        }
    }

    /** What is made of this element; what a constructor refuses with an {@link IllegalArgumentException} is refused here. */
    public <T> T made(Supplier<T> making) {
        try {
            return making.get();
        } catch (DocumentException e) {
            throw e;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw place.refuse(String.valueOf(e.getMessage()));
        }
    }

    /** The refusal of this element; to be thrown. */
    public DocumentException refuse(String expected) {
        String hint = expected.startsWith("a text") && (value instanceof Number || value instanceof Boolean)
                ? ": put it in quotes"
                : "";
        return place.refuse("expected " + expected + ", found " + shown() + hint);
    }

    /** A problem at this element, in words of one's own. */
    public DocumentProblem problem(String message) {
        return place.problem(message);
    }

    private String shown() {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List<?> list) {
            return "a list of " + list.size();
        }
        return value instanceof String text
                ? "'" + clip(text) + "'"
                : value == null ? "nothing" : clip(value.toString());
    }

    private static String clip(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    /** The place only: what a document says may be personal. */
    @Override
    public String toString() {
        return place.problem("an element").toString();
    }
}
