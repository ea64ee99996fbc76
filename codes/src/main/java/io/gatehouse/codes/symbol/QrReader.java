package io.gatehouse.codes.symbol;

import io.gatehouse.codes.internal.read.OutlineDecoder;
import io.gatehouse.core.frame.Frame;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads QR codes from pictures: several in one picture, at any angle, small, blurred, inverted, damaged. ZXing is first,
 * since it is fastest; what it cannot read goes on, in the order of gain for time, to BoofCV and to a reader of our own
 * that fits the grid by contrast, at several sizes of the picture (noise vanishes when it is halved, small codes gain when
 * it is doubled), until something was read or the time budget is spent. Thread-safe.
 *
 * <p>BoofCV ({@code org.boofcv:boofcv-recognition}) is left out if its jars are not on the class path: then less is read,
 * and nothing else changes. A crash of a decoder is reported with the result, not thrown.
 */
public final class QrReader {
    private final QrReaderOptions options;
    private final Optional<OutlineDecoder> second;
    private final LongSupplier nanos;

    private QrReader(QrReaderOptions options, Optional<OutlineDecoder> second, LongSupplier nanos) {
        this.options = Objects.requireNonNull(options, "options");
        this.second = second;
        this.nanos = nanos;
    }

    public static QrReader create(QrReaderOptions options) {
        return new QrReader(options, OutlineDecoder.find(), System::nanoTime);
    }

    static QrReader create(QrReaderOptions options, Optional<OutlineDecoder> second, LongSupplier nanos) {
        return new QrReader(options, second, nanos);
    }

    /** Whether the second decoder is there. */
    public boolean hasSecondDecoder() {
        return second.isPresent();
    }

    /** The codes in a picture. */
    public QrReading read(Frame frame) {
        return new ReadingRun(options, second, nanos, frame).read();
    }
}
