package io.gatehouse.devices.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The 256 bytes of text that a reader gives of a card (GA 450): fields of fixed width in UTF-16LE, filled with spaces. Stateless and
 * thread-safe.
 */
final class ResidentCardCodec {
    static final int BYTES = 256;

    /** Instead of a last day. */
    private static final String FOR_EVER = "长期";

    private static final int NAME = 15;
    private static final int SEX = 1;
    private static final int NATIONALITY = 2;
    private static final int DATE = 8;
    private static final int ADDRESS = 35;
    private static final int NUMBER = 18;
    private static final int ISSUER = 15;
    private static final int REST = 18;

    private ResidentCardCodec() {}

    /** The card, or empty if these bytes are none. */
    static Optional<ResidentCard> decode(byte[] bytes) {
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        try {
            Fields fields = new Fields(StandardCharsets.UTF_16LE
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
            String name = fields.next(NAME);
            String sex = fields.next(SEX);
            String nationality = fields.next(NATIONALITY);
            LocalDate birth = date(fields.next(DATE));
            String address = fields.next(ADDRESS);
            ResidentIdNumber number = new ResidentIdNumber(fields.next(NUMBER));
            String issuer = fields.next(ISSUER);
            LocalDate from = date(fields.next(DATE));
            String until = fields.next(DATE);
            return Optional.of(new ResidentCard(
                    name,
                    sex.isEmpty() ? '0' : sex.charAt(0),
                    nationality,
                    birth,
                    address,
                    number,
                    issuer,
                    from,
                    until.equals(FOR_EVER) ? Optional.empty() : Optional.of(date(until))));
        } catch (CharacterCodingException | DateTimeException | IllegalArgumentException e) {
            // Not a card, or one whose check character is wrong: the reader asks again.
            return Optional.empty();
        }
    }

    /** As a card has it. */
    static byte[] encode(ResidentCard card) {
        return (padded(card.name(), NAME)
                        + card.sex()
                        + padded(card.nationality(), NATIONALITY)
                        + DateTimeFormatter.BASIC_ISO_DATE.format(card.dateOfBirth())
                        + padded(card.address(), ADDRESS)
                        + card.number().value()
                        + padded(card.issuer(), ISSUER)
                        + DateTimeFormatter.BASIC_ISO_DATE.format(card.validFrom())
                        + padded(
                                card.validUntil()
                                        .map(DateTimeFormatter.BASIC_ISO_DATE::format)
                                        .orElse(FOR_EVER),
                                DATE)
                        + padded("", REST))
                .getBytes(StandardCharsets.UTF_16LE);
    }

    private static LocalDate date(String text) {
        return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static String padded(String text, int length) {
        if (text.length() > length) {
            throw new IllegalArgumentException("a field of " + length + " characters has no room for " + text.length());
        }
        return text + " ".repeat(length - text.length());
    }

    private static final class Fields {
        private final String text;
        private int at;

        Fields(String text) {
            this.text = text;
        }

        String next(int length) {
            String field = text.substring(at, at + length).strip();
            at += length;
            return field;
        }
    }
}
