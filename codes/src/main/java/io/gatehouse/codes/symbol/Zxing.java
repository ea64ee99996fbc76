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
import io.gatehouse.codes.internal.read.Grey;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** ZXing's readers, with either of its thresholds. Stateless. */
enum Zxing {
    HYBRID,
    GLOBAL;

    private static final Map<DecodeHintType, ?> HINTS = Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE);

    /** What ZXing finds; its two readers choose finder patterns differently: one takes every plausible triple, one the best. */
    List<ReadSymbol> read(Grey grey, boolean several, String how) {
        BinaryBitmap bitmap = new BinaryBitmap(binarizer(grey.source()));
        List<Result> results =
                several ? decode(it -> List.of(new QRCodeMultiReader().decodeMultiple(it, HINTS)), bitmap) : List.of();
        if (results.isEmpty()) {
            results = decode(it -> List.of(new QRCodeReader().decode(it, HINTS)), bitmap);
        }
        return results.stream()
                .filter(result -> !result.getText().isEmpty())
                .map(result -> new ReadSymbol(
                        payload(result.getText(), result.getResultMetadata()),
                        result.getText(),
                        SymbolGeometry.corners(result, grey.scale()),
                        how))
                .toList();
    }

    private Binarizer binarizer(LuminanceSource source) {
        return this == HYBRID ? new HybridBinarizer(source) : new GlobalHistogramBinarizer(source);
    }

    /** ZXing says by exception that there is nothing, or nothing whole: for this reader that is an answer. */
    private static List<Result> decode(Decoder decoder, BinaryBitmap bitmap) {
        try {
            return decoder.decode(bitmap);
        } catch (ReaderException e) {
            return List.of();
        }
    }

    private static byte[] payload(String text, Map<ResultMetadataType, Object> metadata) {
        return payload(text, metadata.get(ResultMetadataType.BYTE_SEGMENTS));
    }

    /** The symbol's own bytes if it is one run of bytes and nothing else; a pass in another mode is ASCII anyway. */
    static byte[] payload(String text, @Nullable Object segments) {
        if (segments instanceof List<?> list && list.size() == 1 && list.get(0) instanceof byte[] bytes) {
            Stream<Charset> charsets = Stream.of(
                    StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StringUtils.guessCharset(bytes, HINTS));
            if (charsets.anyMatch(charset -> new String(bytes, charset).equals(text))) {
                return bytes.clone();
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Decoder {
        List<Result> decode(BinaryBitmap bitmap) throws ReaderException;
    }
}
