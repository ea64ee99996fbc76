package io.gatehouse.codes.symbol;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Makes QR codes (ISO/IEC 18004) of the smallest version that fits. Text of digits or of QR's 45 alphanumeric characters,
 * such as a pass, takes 3.3 or 5.5 bits a character; other text is UTF-8. Thread-safe.
 */
public final class QrWriter {
    /** ISO 8859-1, what a QR code's bytes are when nothing else is said: each character becomes one byte. */
    private static final Map<EncodeHintType, Object> PLAIN = Map.of();

    private static final Map<EncodeHintType, Object> UTF_8 =
            Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name());

    private static final int MOST_VERSION = 40;

    private final QrOptions options;

    private QrWriter(QrOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    public static QrWriter create(QrOptions options) {
        return new QrWriter(options);
    }

    /**
     * A symbol with this text.
     *
     * @throws IllegalArgumentException if it is empty or too long for any version at this error correction
     */
    public QrSymbol write(String text) {
        return encode(text, text.length() + " characters", hints(text));
    }

    /**
     * A symbol with this text, of this version or, if it does not fit, the smallest that it fits: of the same stain a larger symbol
     * loses a smaller share.
     *
     * @throws IllegalArgumentException as {@link #write(String)}, or if there is no such version
     */
    public QrSymbol write(String text, int leastVersion) {
        if (leastVersion < 1 || leastVersion > MOST_VERSION) {
            throw new IllegalArgumentException("QR codes have versions 1 to " + MOST_VERSION + ", not " + leastVersion);
        }
        QrSymbol smallest = write(text);
        if (smallest.version() >= leastVersion) {
            return smallest;
        }
        Map<EncodeHintType, Object> hints = new EnumMap<>(EncodeHintType.class);
        hints.putAll(hints(text));
        hints.put(EncodeHintType.QR_VERSION, leastVersion);
        try {
            return QrSymbol.of(Encoder.encode(text, options.errorCorrection().level(), hints), options);
        } catch (WriterException e) {
            // Only a run of several kinds fits so small a version.
            return write(text, leastVersion + 1);
        }
    }

    private static Map<EncodeHintType, Object> hints(String text) {
        return text.chars().allMatch(character -> character < 0x80) ? PLAIN : UTF_8;
    }

    /**
     * A symbol with these bytes, as they are.
     *
     * @throws IllegalArgumentException if there are none or too many for any version at this error correction
     */
    public QrSymbol write(byte[] payload) {
        return encode(new String(payload, StandardCharsets.ISO_8859_1), payload.length + " bytes", PLAIN);
    }

    private QrSymbol encode(String content, String size, Map<EncodeHintType, Object> hints) {
        if (content.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to put into the code");
        }
        try {
            return QrSymbol.of(smallest(content, hints), options);
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    size + " do not fit into a QR code with error correction " + options.errorCorrection(), e);
        }
    }

    /**
     * The smaller of two: as one run of bytes, digits or characters, or with runs of several kinds mixed so that they take fewest
     * bits. The latter is tried for ASCII alone: in other text ZXing's mixing changes character sets within the symbol, which many scanners do not follow.
     */
    private QRCode smallest(String content, Map<EncodeHintType, ?> hints) throws WriterException {
        boolean ascii = content.chars().allMatch(character -> character < 0x80);
        if (!ascii) {
            return Encoder.encode(content, options.errorCorrection().level(), hints);
        }
        QRCode mixed = Encoder.encode(
                content, options.errorCorrection().level(), Map.of(EncodeHintType.QR_COMPACT, Boolean.TRUE));
        try {
            QRCode plain = Encoder.encode(content, options.errorCorrection().level(), hints);
            boolean smaller =
                    mixed.getVersion().getVersionNumber() < plain.getVersion().getVersionNumber();
            return smaller ? mixed : plain;
        } catch (WriterException e) {
            // Too long for one run, while the mixed one fits.
            return mixed;
        }
    }
}
