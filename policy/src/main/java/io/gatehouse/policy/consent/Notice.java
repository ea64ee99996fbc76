package io.gatehouse.policy.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What people are told before they are asked: technology, purpose and procedure, in one language. Immutable and
 * thread-safe. A changed text is a new version.
 *
 * @param id       the same for all versions and languages: 1 to 64 lower-case letters, digits, {@code . _ -}
 * @param version  counts up from 1
 * @param language a BCP 47 tag in its canonical form, for example {@code en} or {@code zh-CN}
 * @param text     1 to 100,000 characters
 * @param sha256   lower-case hex of the SHA-256 of the text in UTF-8
 */
public record Notice(String id, int version, String language, String text, String sha256) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int MAX_TEXT = 100_000;

    public Notice {
        Objects.requireNonNull(sha256, "sha256");
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "notice id '" + id + "' is not 1 to 64 lower-case letters, digits, '.', '_' or '-'");
        }
        if (version < 1) {
            throw new IllegalArgumentException("a notice's version is at least 1, this one is " + version);
        }
        if (language.isBlank()
                || !Locale.forLanguageTag(language).toLanguageTag().equals(language)) {
            throw new IllegalArgumentException("'" + language + "' is not a BCP 47 language tag such as en or zh-CN");
        }
        if (text.isBlank() || text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "a notice has 1 to " + MAX_TEXT + " characters, this one " + text.length());
        }
        String actual = hash(text);
        if (!sha256.equals(actual)) {
            throw new IllegalArgumentException("the text of notice " + id + " version " + version + " in " + language
                    + " has the SHA-256 " + actual + ", not " + sha256);
        }
    }

    public static Notice of(String id, int version, String language, String text) {
        return new Notice(id, version, language, text, hash(text));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
