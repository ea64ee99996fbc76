package io.gatehouse.policy.approve.chain;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.internal.document.Element;
import java.math.BigDecimal;
import java.util.Map;

/** A part of a document as JSON, whatever the document is written in: a form's schema stands in a chain as it is. */
final class SchemaText {
    private final StringBuilder json = new StringBuilder();

    private SchemaText() {}

    static String of(Element element) {
        element.entries();
        SchemaText text = new SchemaText();
        text.write(element);
        return text.json.toString();
    }

    /** A number or a flag. */
    static String scalar(Element element) {
        SchemaText text = new SchemaText();
        if (!text.isFlag(element)) {
            text.writeNumber(element);
        }
        return text.json.toString();
    }

    private void write(Element element) {
        if (element.isText()) {
            write(element.text());
        } else if (element.isList()) {
            json.append('[');
            String between = "";
            for (Element item : element.items()) {
                json.append(between);
                write(item);
                between = ",";
            }
            json.append(']');
        } else if (!isObject(element) && !isFlag(element)) {
            writeNumber(element);
        }
    }

    private void writeNumber(Element element) {
        json.append(BigDecimal.valueOf(element.number(-1e300, 1e300))
                .stripTrailingZeros()
                .toPlainString());
    }

    private void write(String text) {
        json.append('"')
                .append(JsonStringEncoder.getInstance().quoteAsString(text))
                .append('"');
    }

    private boolean isObject(Element element) {
        Map<String, Element> fields;
        try {
            fields = element.entries();
        } catch (DocumentException e) {
            // An element says what it is only by refusing to be something else.
            return false;
        }
        json.append('{');
        String between = "";
        for (Map.Entry<String, Element> field : fields.entrySet()) {
            json.append(between);
            write(field.getKey());
            json.append(':');
            write(field.getValue());
            between = ",";
        }
        json.append('}');
        return true;
    }

    private boolean isFlag(Element element) {
        try {
            json.append(element.flag());
            return true;
        } catch (DocumentException e) {
            // As above: then it is a number, or refused as none.
            return false;
        }
    }
}
