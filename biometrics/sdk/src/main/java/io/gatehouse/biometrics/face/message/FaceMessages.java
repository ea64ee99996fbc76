package io.gatehouse.biometrics.face.message;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.reason.ReasonTexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The sentences of the reasons that begin with {@code face.}, in English ({@code messages.properties}) and Chinese
 * ({@code messages_zh.properties}). A further language is a file of the same codes, in UTF-8, which a vendor reads and adds:
 * {@code FaceMessages.texts().and(ReasonTexts.read(Locale.GERMAN, reader))}; sentences are replaced the same way.
 * Stateless and thread-safe.
 */
public final class FaceMessages {
    private static final ReasonTexts TEXTS =
            read(Locale.ENGLISH, "messages.properties").and(read(Locale.CHINESE, "messages_zh.properties"));

    private FaceMessages() {}

    /** All sentences, to say any reason in any language, and to add to. */
    public static ReasonTexts texts() {
        return TEXTS;
    }

    /** A reason of this package's in a language; in English where there is no sentence. */
    public static String text(Reason reason, Locale locale) {
        return TEXTS.text(reason, locale);
    }

    /**
     * A reason with its English sentence.
     *
     * @throws IllegalArgumentException if the code has none in {@code messages.properties}
     */
    public static Reason reason(String code, Object... arguments) {
        String english = TEXTS.pattern(code, Locale.ENGLISH);
        if (english == null) {
            throw new IllegalArgumentException("the reason code " + code + " has no sentence in messages.properties");
        }
        return Reason.format(code, english, arguments);
    }

    private static ReasonTexts read(Locale locale, String file) {
        try (InputStream bytes = FaceMessages.class.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalStateException("the file " + file + " is missing beside " + FaceMessages.class);
            }
            try (Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
                return ReasonTexts.read(locale, reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
