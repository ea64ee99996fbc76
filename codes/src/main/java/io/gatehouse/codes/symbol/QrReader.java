package io.gatehouse.codes.symbol;

import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.common.StringUtils;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import io.gatehouse.codes.symbol.QrReading.DecoderFault;
import io.gatehouse.core.frame.Frame;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads QR codes from pictures with ZXing: several in one picture, at any angle, at several sizes of the picture (noise
 * vanishes when it is halved, small codes gain when it is doubled), with a local and a global threshold, and inverted. What works most often is tried
 * first. A crash of the decoder is reported with the result, not thrown. Thread-safe.
 */
public final class QrReader {
    /** Below this no symbol has a pixel a module left. */
    private static final int MIN_SIDE = 32;

    /** Small pictures are tried at twice the size too; for larger ones that takes longer than it earns. */
    private static final int MAX_DOUBLED_SIDE = 640;

    private static final Map<DecodeHintType, ?> HINTS = Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE);

    private final QrReaderOptions options;

    private QrReader(QrReaderOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    public static QrReader create(QrReaderOptions options) {
        return new QrReader(options);
    }

    /** The codes in a picture. */
    public QrReading read(Frame frame) {
        List<ReadSymbol> symbols = new ArrayList<>();
        List<DecoderFault> faults = new ArrayList<>();
        List<Luminance> pyramid = pyramid(frame);
        for (Polarity polarity : Polarity.values()) {
            if (polarity == Polarity.LIGHT_ON_DARK && !options.inverted()) {
                break;
            }
            for (Luminance level : pyramid) {
                Luminance seen = polarity == Polarity.LIGHT_ON_DARK ? level.inverted() : level;
                for (Threshold threshold : Threshold.values()) {
                    attempt(new Attempt(seen, threshold, polarity), symbols, faults);
                    if (!symbols.isEmpty() && !options.exhaustive()) {
                        return new QrReading(symbols, faults);
                    }
                }
            }
        }
        return new QrReading(symbols, faults);
    }

    private List<Luminance> pyramid(Frame frame) {
        List<Luminance> pyramid = new ArrayList<>();
        Luminance level = new Luminance(frame.width(), frame.height(), frame.luminance(), 1);
        pyramid.add(level);
        while (pyramid.size() < options.pyramidLevels() && level.smallerSide() >= 2 * MIN_SIDE) {
            level = level.halved();
            pyramid.add(level);
        }
        if (options.pyramidLevels() > 1 && pyramid.get(0).smallerSide() <= MAX_DOUBLED_SIDE) {
            pyramid.add(pyramid.get(0).doubled());
        }
        return pyramid;
    }

    private static void attempt(Attempt attempt, List<ReadSymbol> symbols, List<DecoderFault> faults) {
        BinaryBitmap bitmap = new BinaryBitmap(attempt.threshold.binarizer(attempt.seen.source()));
        // ZXing's two readers choose finder patterns differently: one takes every plausible triple, one the best.
        List<Decoder> decoders = List.of(
                it -> List.of(new QRCodeMultiReader().decodeMultiple(it, HINTS)),
                it -> List.of(new QRCodeReader().decode(it, HINTS)));
        for (Decoder decoder : decoders) {
            try {
                List<Result> results = decode(decoder, bitmap);
                results.forEach(result -> add(result, attempt, symbols));
                if (!results.isEmpty()) {
                    return;
                }
            } catch (RuntimeException e) {
                faults.add(new DecoderFault(attempt.toString(), e));
            }
        }
    }

    /** ZXing says by exception that there is nothing, or nothing whole: for this reader that is an answer. */
    private static List<Result> decode(Decoder decoder, BinaryBitmap bitmap) {
        try {
            return decoder.decode(bitmap);
        } catch (ReaderException e) {
            return List.of();
        }
    }

    private static void add(Result result, Attempt attempt, List<ReadSymbol> symbols) {
        if (result.getText().isEmpty()) {
            return;
        }
        ReadSymbol symbol = toSymbol(result, attempt);
        if (symbols.stream().noneMatch(symbol::isSameAs)) {
            symbols.add(symbol);
        }
    }

    private static ReadSymbol toSymbol(Result result, Attempt attempt) {
        return new ReadSymbol(
                payload(result),
                result.getText(),
                SymbolGeometry.corners(result, attempt.seen.scale()),
                attempt.toString());
    }

    /** The symbol's own bytes if it is one run of bytes and nothing else; a pass in another mode is ASCII anyway. */
    private static byte[] payload(Result result) {
        Object segments = result.getResultMetadata().get(ResultMetadataType.BYTE_SEGMENTS);
        if (segments instanceof List<?> list && list.size() == 1 && list.get(0) instanceof byte[] bytes) {
            Stream<Charset> charsets = Stream.of(
                    StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StringUtils.guessCharset(bytes, HINTS));
            if (charsets.anyMatch(charset -> new String(bytes, charset).equals(result.getText()))) {
                return bytes.clone();
            }
        }
        return result.getText().getBytes(StandardCharsets.UTF_8);
    }

    private enum Polarity {
        DARK_ON_LIGHT,
        LIGHT_ON_DARK
    }

    private enum Threshold {
        HYBRID,
        GLOBAL;

        Binarizer binarizer(LuminanceSource source) {
            return this == HYBRID ? new HybridBinarizer(source) : new GlobalHistogramBinarizer(source);
        }
    }

    private interface Decoder {
        List<Result> decode(BinaryBitmap bitmap) throws ReaderException;
    }

    private record Attempt(Luminance seen, Threshold threshold, Polarity polarity) {
        @Override
        public String toString() {
            return (threshold == Threshold.HYBRID ? "hybrid" : "global") + " "
                    + (seen.scale() < 1 ? "2/1" : "1/" + Math.round(seen.scale()))
                    + (polarity == Polarity.LIGHT_ON_DARK ? " inverted" : "");
        }
    }
}
