package io.gatehouse.policy.permit;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.reason.ReasonTexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of refusals in English and Chinese; {@link ReasonTexts#and} adds languages. Immutable and thread-safe.
 *
 * <p>What a sentence names is put into the other language too where it is a word that this knows, such as a day of the week: a
 * pattern with the code {@code term.…} for it.
 */
public final class PermitTexts {
    private static final ReasonTexts OWN =
            read(Locale.ENGLISH, "texts.properties").and(read(Locale.CHINESE, "texts_zh.properties"));

    private final ReasonTexts texts;

    private PermitTexts(ReasonTexts texts) {
        this.texts = texts;
    }

    /** English and Chinese. */
    public static PermitTexts standard() {
        return new PermitTexts(OWN);
    }

    /** These, with further languages or other sentences. */
    public PermitTexts and(ReasonTexts more) {
        return new PermitTexts(texts.and(more));
    }

    /** The reason in a language, or in English where that has no sentence for it. */
    public String text(Reason reason, Locale locale) {
        if (locale.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
            return reason.text();
        }
        List<Object> arguments = reason.arguments().stream()
                .map(argument -> argument instanceof String words ? (Object) terms(words, locale) : argument)
                .toList();
        return texts.text(new Reason(reason.code(), reason.text(), arguments), locale);
    }

    /** The sentences themselves. */
    public ReasonTexts texts() {
        return texts;
    }

    /** A list of nothing but known words; names are left as they are. */
    private String terms(String words, Locale locale) {
        String and = term("and", locale);
        List<@Nullable String> known = Arrays.stream(words.split(", | or | and ", -1))
                .<@Nullable String>map(word -> term(word.toLowerCase(Locale.ROOT), locale))
                .toList();
        return and == null || known.contains(null)
                ? words
                : known.stream().map(String::valueOf).collect(Collectors.joining(and));
    }

    private @Nullable String term(String word, Locale locale) {
        String exact = texts.pattern("term." + word, locale);
        return exact != null ? exact : texts.pattern("term." + word, new Locale(locale.getLanguage()));
    }

    /** A reason with its English sentence. */
    static Reason reason(String code, Object... arguments) {
        return Reason.format(code, Objects.requireNonNull(OWN.pattern(code, Locale.ENGLISH), code), arguments);
    }

    private static ReasonTexts read(Locale locale, String resource) {
        try (InputStream in = Objects.requireNonNull(PermitTexts.class.getResourceAsStream(resource), resource)) {
            return ReasonTexts.read(locale, new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the sentences in " + resource + " cannot be read", e);
        }
    }
}
