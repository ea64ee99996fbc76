package io.gatehouse.codes.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A kind of code in the three forms that it can be shown in: base45 as text, decimal digits, and bytes as they are. Each
 * form has its own prefix of 4 characters, since digits are base45 too and bytes may be anything. Immutable and
 * thread-safe.
 */
public final class CodeText {
    /** Length of each prefix. */
    public static final int PREFIX = 4;

    /** How the bytes are written. */
    public enum Form {
        BASE45,
        DIGITS,
        BYTES
    }

    private final byte[] base45Prefix;
    private final byte[] digitsPrefix;
    private final byte[] bytesPrefix;
    private final int maxBytes;

    private CodeText(byte[] base45Prefix, byte[] digitsPrefix, byte[] bytesPrefix, int maxBytes) {
        this.base45Prefix = base45Prefix;
        this.digitsPrefix = digitsPrefix;
        this.bytesPrefix = bytesPrefix;
        this.maxBytes = maxBytes;
    }

    /**
     * The forms of kind n, 1 to 9: {@code GHn:}, {@code 710n}, and {@code GHn} with a zero byte.
     *
     * @param maxBytes no code of this kind has more
     */
    public static CodeText of(int kind, int maxBytes) {
        return new CodeText(ascii("GH" + kind + ":"), ascii("710" + kind), ascii("GH" + kind + "\0"), maxBytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What to put into a symbol. */
    public byte[] write(Form form, byte[] bytes) {
        return switch (form) {
            case BASE45 -> joined(base45Prefix, ascii(Base45.encode(bytes)));
            case DIGITS -> joined(digitsPrefix, ascii(Digits.encode(bytes)));
            case BYTES -> joined(bytesPrefix, bytes);
        };
    }

    /** As {@link #write}, for the two forms that are text. */
    public String writeText(Form form, byte[] bytes) {
        return new String(write(form, bytes), StandardCharsets.US_ASCII);
    }

    /** The form that a code begins as, or empty if it is of another kind or there is nothing behind the prefix. */
    public Optional<Form> formOf(byte[] payload) {
        if (payload.length <= PREFIX) {
            return Optional.empty();
        }
        if (startsWith(payload, base45Prefix)) {
            return Optional.of(Form.BASE45);
        }
        if (startsWith(payload, digitsPrefix)) {
            return Optional.of(Form.DIGITS);
        }
        return startsWith(payload, bytesPrefix) ? Optional.of(Form.BYTES) : Optional.empty();
    }

    /** How long a code that begins like this can be; asks for the prefix only. */
    public int maxLength(byte[] payload) {
        return PREFIX + formOf(payload).map(this::maxCharacters).orElseGet(() -> maxCharacters(Form.DIGITS));
    }

    private int maxCharacters(Form form) {
        return switch (form) {
            case BASE45 -> (maxBytes * 3 + 1) / 2;
            case DIGITS -> Digits.length(maxBytes);
            case BYTES -> maxBytes;
        };
    }

    /** The bytes behind the prefix, or empty if they are not written as the form writes any. */
    public Optional<byte[]> read(Form form, byte[] payload) {
        return switch (form) {
            case BASE45 -> Base45.decode(payload, PREFIX);
            case DIGITS -> Digits.decode(payload, PREFIX);
            case BYTES -> Optional.of(Arrays.copyOfRange(payload, PREFIX, payload.length));
        };
    }

    private static boolean startsWith(byte[] payload, byte[] prefix) {
        return Arrays.equals(payload, 0, PREFIX, prefix, 0, PREFIX);
    }

    private static byte[] joined(byte[] prefix, byte[] rest) {
        byte[] all = Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, all, prefix.length, rest.length);
        return all;
    }
}
