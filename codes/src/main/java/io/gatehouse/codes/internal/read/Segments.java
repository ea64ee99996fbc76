package io.gatehouse.codes.internal.read;

import com.google.zxing.FormatException;
import com.google.zxing.common.BitSource;
import com.google.zxing.common.CharacterSetECI;
import com.google.zxing.common.StringUtils;
import com.google.zxing.qrcode.decoder.Mode;
import com.google.zxing.qrcode.decoder.Version;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What data codewords say (ISO/IEC 18004, 7.4): runs of digits, of 45 characters, of bytes, of kanji, with their
 * character set. The same content as ZXing's parser gives, which cannot be called from outside.
 *
 * @param text    all of it
 * @param payload the symbol's own bytes if it is one run of bytes and nothing else, otherwise the text in UTF-8
 */
public record Segments(String text, byte[] payload) {
    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /** What these codewords of a symbol of this version say, or nothing if they are not well formed. */
    public static Optional<Segments> of(byte[] codewords, int version) {
        try {
            return Optional.of(new Parser(codewords, Version.getVersionForNumber(version)).parse());
        } catch (IllegalArgumentException | FormatException e) {
            return Optional.empty();
        }
    }

    private static final class Parser {
        private final BitSource bits;
        private final Version version;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int byteRuns;
        private int otherRuns;
        private Optional<Charset> charset = Optional.empty();
        private boolean functionOne;

        Parser(byte[] codewords, Version version) {
            this.bits = new BitSource(codewords);
            this.version = version;
        }

        Segments parse() throws FormatException {
            while (bits.available() >= 4) {
                Mode mode = Mode.forBits(bits.readBits(4));
                if (mode == Mode.TERMINATOR) {
                    break;
                }
                segment(mode);
            }
            String whole = text.toString();
            boolean onlyBytes = byteRuns == 1 && otherRuns == 0;
            return new Segments(whole, onlyBytes ? bytes.toByteArray() : whole.getBytes(StandardCharsets.UTF_8));
        }

        private void segment(Mode mode) throws FormatException {
            switch (mode) {
                case ECI -> charset = Optional.of(eci());
                case FNC1_FIRST_POSITION, FNC1_SECOND_POSITION -> functionOne = true;
                case STRUCTURED_APPEND -> throw new IllegalArgumentException("a part of a message is none");
                case BYTE -> bytes(count(mode));
                case NUMERIC -> numeric(count(mode));
                case ALPHANUMERIC -> alphanumeric(count(mode));
                case KANJI -> kanji(count(mode));
                default -> throw new IllegalArgumentException("mode " + mode + " is not read");
            }
        }

        private int count(Mode mode) {
            return bits.readBits(mode.getCharacterCountBits(version));
        }

        private Charset eci() throws FormatException {
            int first = bits.readBits(8);
            int value;
            if ((first & 0x80) == 0) {
                value = first & 0x7F;
            } else if ((first & 0xC0) == 0x80) {
                value = ((first & 0x3F) << 8) | bits.readBits(8);
            } else if ((first & 0xE0) == 0xC0) {
                value = ((first & 0x1F) << 16) | bits.readBits(16);
            } else {
                throw new IllegalArgumentException("no ECI designator starts with " + first);
            }
            CharacterSetECI eci = CharacterSetECI.getCharacterSetECIByValue(value);
            if (eci == null) {
                throw new IllegalArgumentException("ECI " + value + " is no character set");
            }
            return eci.getCharset();
        }

        private void bytes(int count) {
            if (count * 8 > bits.available()) {
                throw new IllegalArgumentException("a run of " + count + " bytes ends early");
            }
            byte[] run = new byte[count];
            for (int i = 0; i < count; i++) {
                run[i] = (byte) bits.readBits(8);
            }
            byteRuns++;
            bytes.writeBytes(run);
            text.append(new String(run, charset.orElseGet(() -> StringUtils.guessCharset(run, Map.of()))));
        }

        private void numeric(int count) {
            otherRuns++;
            for (int left = count; left > 0; left -= 3) {
                int digits = Math.min(3, left);
                int value = bits.readBits(digits * 3 + 1);
                String shown = String.valueOf(value);
                if (shown.length() > digits) {
                    throw new IllegalArgumentException(value + " has more than " + digits + " digits");
                }
                text.append("0".repeat(digits - shown.length())).append(shown);
            }
        }

        private void alphanumeric(int count) {
            otherRuns++;
            int start = text.length();
            for (int left = count; left > 0; left -= 2) {
                int value = bits.readBits(left > 1 ? 11 : 6);
                if (left > 1) {
                    text.append(character(value / 45));
                }
                text.append(character(value % 45));
            }
            if (functionOne) {
                // In this mode a percent sign is doubled, and a single one stands for the separator of GS1.
                String run = text.substring(start)
                        .replace("%%", "\0")
                        .replace('%', (char) 0x1D)
                        .replace('\0', '%');
                text.replace(start, text.length(), run);
            }
        }

        private static char character(int value) {
            if (value >= ALPHANUMERIC.length()) {
                throw new IllegalArgumentException("there is no alphanumeric character " + value);
            }
            return ALPHANUMERIC.charAt(value);
        }

        private void kanji(int count) {
            otherRuns++;
            byte[] run = new byte[2 * count];
            for (int i = 0; i < count; i++) {
                int value = bits.readBits(13);
                int code = ((value / 0xC0) << 8) | (value % 0xC0);
                code += code < 0x1F00 ? 0x8140 : 0xC140;
                run[2 * i] = (byte) (code >> 8);
                run[2 * i + 1] = (byte) code;
            }
            text.append(new String(run, Charset.forName("Shift_JIS")));
        }
    }
}
