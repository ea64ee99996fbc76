package io.gatehouse.policy.retain.audit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report as a page. Stateless. */
final class AuditPage {
    private static final String STYLE = "body{font:15px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
            + "table{border-collapse:collapse;margin:.5em 0}td,th{border:1px solid #999;padding:.2em .6em;"
            + "text-align:left;overflow-wrap:anywhere}h2{margin-top:1.5em}";

    private AuditPage() {}

    static String of(Map<String, Object> content) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">")
                .append("<title>Audit of ")
                .append(escaped(content.get("ledger")))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head>\n<body>\n<h1>Audit of ")
                .append(escaped(content.get("ledger")))
                .append("</h1>\n<table>\n");
        content.forEach((name, value) -> {
            if (!(value instanceof List)) {
                page.append("<tr><th>")
                        .append(escaped(name))
                        .append("</th><td>")
                        .append(escaped(value))
                        .append("</td></tr>\n");
            }
        });
        page.append("</table>\n");
        section(page, content, "overdue", "Kept longer than the rule says");
        section(page, content, "unaccounted", "Unaccounted for");
        section(page, content, "accessWithoutRight", "Seen or opened without a right");
        section(page, content, "changes", "Changes of rules and retention");
        section(page, content, "doubtfulPurges", "Doubtful certificates of purges");
        section(page, content, "holds", "Legal holds in force");
        return page.append("</body>\n</html>\n").toString();
    }

    private static void section(StringBuilder page, Map<String, Object> content, String name, String title) {
        page.append("<h2>").append(title).append("</h2>\n");
        if (!(content.get(name) instanceof List<?> lines) || lines.isEmpty()) {
            page.append("<p>Nothing.</p>\n");
            return;
        }
        page.append("<table>\n");
        boolean isFirst = true;
        for (Object line : lines) {
            if (line instanceof Map<?, ?> fields) {
                if (isFirst) {
                    row(page, "th", fields.keySet());
                    isFirst = false;
                }
                row(page, "td", fields.values());
            }
        }
        page.append("</table>\n");
    }

    private static void row(StringBuilder page, String cell, Iterable<?> values) {
        page.append("<tr>");
        for (Object each : values) {
            page.append('<')
                    .append(cell)
                    .append('>')
                    .append(escaped(each))
                    .append("</")
                    .append(cell)
                    .append('>');
        }
        page.append("</tr>\n");
    }

    private static String escaped(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        for (char c : String.valueOf(value).toCharArray()) {
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.append(c);
            }
        }
        return text.toString();
    }
}
