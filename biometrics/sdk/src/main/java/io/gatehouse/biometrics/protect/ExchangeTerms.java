package io.gatehouse.biometrics.protect;

import io.gatehouse.core.identity.Purpose;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * On which terms templates are sent to another site; they stand in clear at the head of the file and are signed and
 * authenticated with the rest. Immutable and thread-safe.
 *
 * @param id        of this export; a receiver takes each once
 * @param sender    who sends, 1 to 64 lower-case letters, digits, {@code . _ -}
 * @param purpose   what the people agreed to, and what the templates may be used for
 * @param packId    the model pack that made them, at most 255 bytes in UTF-8
 * @param dimension numbers a template, 1 to 4,096
 * @param count     how many templates, 1 to 10,000,000
 * @param issuedAt  when, to the millisecond
 * @param expiresAt from when on nobody takes them any more, at most 90 days later
 */
public record ExchangeTerms(
        UUID id,
        String sender,
        Purpose purpose,
        String packId,
        int dimension,
        int count,
        Instant issuedAt,
        Instant expiresAt) {
    static final int MOST_BYTES = 1_024;

    private static final Pattern SENDER = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int MOST_TEXT = 255;
    private static final int MOST_DIMENSION = 4_096;
    private static final int MOST_COUNT = 10_000_000;
    private static final Duration LONGEST = Duration.ofDays(90);

    public ExchangeTerms {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(purpose, "purpose");
        issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
        if (!SENDER.matcher(sender).matches()) {
            throw new IllegalArgumentException(
                    "a sender is 1 to 64 lower-case letters, digits, '.', '_' or '-', not '" + sender + "'");
        }
        int pack = packId.getBytes(StandardCharsets.UTF_8).length;
        if (pack < 1 || pack > MOST_TEXT) {
            throw new IllegalArgumentException("a pack's id has 1 to " + MOST_TEXT + " bytes, not " + pack);
        }
        if (dimension < 1 || dimension > MOST_DIMENSION || count < 1 || count > MOST_COUNT) {
            throw new IllegalArgumentException("1 to " + MOST_COUNT + " templates of 1 to " + MOST_DIMENSION
                    + " numbers, not " + count + " of " + dimension);
        }
        if (!expiresAt.isAfter(issuedAt) || expiresAt.isAfter(issuedAt.plus(LONGEST))) {
            throw new IllegalArgumentException("an export expires up to " + LONGEST.toDays()
                    + " days after it is issued at " + issuedAt + ", not at " + expiresAt);
        }
    }

    byte[] encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(issuedAt.toEpochMilli())
                .putLong(expiresAt.toEpochMilli())
                .putShort((short) dimension)
                .putInt(count);
        for (String text : new String[] {sender, purpose.value(), packId}) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            bytes.put((byte) utf8.length).put(utf8);
        }
        byte[] encoded = new byte[bytes.flip().remaining()];
        bytes.get(encoded);
        return encoded;
    }

    /**
     * What {@link #encoded} made.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static ExchangeTerms decoded(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            Instant issuedAt = Instant.ofEpochMilli(bytes.getLong());
            Instant expiresAt = Instant.ofEpochMilli(bytes.getLong());
            int dimension = bytes.getShort();
            int count = bytes.getInt();
            String sender = text(bytes);
            String purpose = text(bytes);
            ExchangeTerms terms = new ExchangeTerms(
                    id, sender, Purpose.of(purpose), text(bytes), dimension, count, issuedAt, expiresAt);
            if (!Arrays.equals(terms.encoded(), encoded)) {
                throw new IllegalArgumentException("the terms have another form than they are written in");
            }
            return terms;
        } catch (BufferUnderflowException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("the terms are cut short or have impossible times", e);
        }
    }

    private static String text(ByteBuffer bytes) {
        byte[] utf8 = new byte[bytes.get() & 0xFF];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
