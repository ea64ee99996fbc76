package io.gatehouse.core.reason;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of reasons in other languages: a pattern of {@link java.util.Formatter} for each code, whose
 * {@code %1$s}, {@code %2$.0f} … stand for the {@link Reason#arguments()}. Rooms bring their own; {@link #and} puts them
 * together, and adds languages or replaces sentences. Immutable and thread-safe.
 *
 * <p>Not {@link java.util.ResourceBundle}: it finds a named module's sentences only from inside, and a vendor's further
 * language for them only as a service in a module of its own; here it is a file that the vendor reads.
 */
public final class ReasonTexts {
    private final Map<Locale, Map<String, String>> patterns;

    private ReasonTexts(Map<Locale, Map<String, String>> patterns) {
        this.patterns = patterns;
    }

    /** Sentences in one language: patterns by code. */
    public static ReasonTexts of(Locale locale, Map<String, String> patternsByCode) {
        return new ReasonTexts(Map.of(locale, Map.copyOf(patternsByCode)));
    }

    /** As {@link #of}, from text in the form of {@link Properties}: a line {@code code = sentence} for each. */
    public static ReasonTexts read(Locale locale, Reader properties) throws IOException {
        Properties read = new Properties();
        read.load(properties);
        Map<String, String> byCode = new HashMap<>();
        read.stringPropertyNames().forEach(code -> byCode.put(code, read.getProperty(code)));
        return of(locale, byCode);
    }

    /** These and the other's sentences; where both have one for a language and a code, the other's. */
    public ReasonTexts and(ReasonTexts other) {
        Map<Locale, Map<String, String>> both = new HashMap<>(patterns);
        other.patterns.forEach((locale, byCode) -> both.merge(locale, byCode, ReasonTexts::joined));
        return new ReasonTexts(Map.copyOf(both));
    }

    private static Map<String, String> joined(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new HashMap<>(one);
        both.putAll(other);
        return Map.copyOf(both);
    }

    /**
     * The reason in a language: of the locale ({@code zh-TW}), or else of its language ({@code zh}), or else the
     * reason's own English text, which serves also where the reason has lost its arguments.
     */
    public String text(Reason reason, Locale locale) {
        String pattern = pattern(reason.code(), locale);
        if (pattern == null) {
            pattern = pattern(reason.code(), new Locale(locale.getLanguage()));
        }
        if (pattern == null) {
            return reason.text();
        }
        try {
            return String.format(Locale.ROOT, pattern, reason.arguments().toArray());
        } catch (IllegalFormatException e) {
            return reason.text();
        }
    }

    /** The languages. */
    public Set<Locale> locales() {
        return Set.copyOf(patterns.keySet());
    }

    /** The codes that have a sentence in exactly this language, in order. */
    public Set<String> codes(Locale locale) {
        return new TreeSet<>(patterns.getOrDefault(locale, Map.of()).keySet());
    }

    /** The pattern of a code in exactly this language. */
    public @Nullable String pattern(String code, Locale locale) {
        Objects.requireNonNull(code, "code");
        return patterns.getOrDefault(locale, Map.of()).get(code);
    }
}
