package io.gatehouse.biometrics.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.frame.FrameLimits;
import io.gatehouse.core.reason.Reason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes PNG, JPEG and BMP with OpenCV, turned upright as the EXIF orientation says (all eight; a wrong one is left
 * out of account); 16-bit, grey and CMYK pictures become 8-bit colour, transparency is dropped. Width and height are
 * read from the header and held against the limits before OpenCV sees the bytes; other kinds of pictures, moving ones
 * and those that are cut short never reach it. Immutable and thread-safe; refuses in words, throws nothing for bad bytes. OpenCV itself
 * writes a line to standard error for a broken picture; the environment variable {@code OPENCV_LOG_LEVEL=SILENT} stops that.
 */
public final class OpenCvFrameDecoder implements FrameDecoder {
    private final FrameLimits limits;

    private OpenCvFrameDecoder(FrameLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    public static OpenCvFrameDecoder create(FrameLimits limits) {
        return new OpenCvFrameDecoder(limits);
    }

    @Override
    public Decoding decode(byte[] encoded, Instant capturedAt, String source) {
        Optional<PictureHeader> header = PictureHeader.read(encoded);
        Optional<Reason> refusal = refusal(header, encoded, source);
        if (refusal.isPresent() || header.isEmpty()) {
            return new Refused(refusal.orElseGet(() -> broken(source)));
        }
        OpenCv.load();
        return decodeBounded(header.get(), encoded, capturedAt, source);
    }

    @SuppressWarnings("try") // A PointerScope works by being closed; nobody calls it.
    private static Decoding decodeBounded(PictureHeader header, byte[] encoded, Instant capturedAt, String source) {
        try (PointerScope scope = new PointerScope()) {
            Mat bytes = new Mat(new BytePointer(encoded), false);
            Mat pixels = imdecode(bytes, IMREAD_COLOR);
            if (pixels == null
                    || pixels.empty()
                    || pixels.type() != CV_8UC3
                    || !header.isOf(pixels.cols(), pixels.rows())) {
                return new Refused(broken(source));
            }
            byte[] bgr = new byte[Math.multiplyExact(Math.multiplyExact(pixels.cols(), pixels.rows()), Frame.CHANNELS)];
            ByteBuffer buffer = pixels.createBuffer();
            buffer.get(bgr);
            return new Decoded(Frame.ofBgr(pixels.cols(), pixels.rows(), bgr, capturedAt, source));
        } catch (RuntimeException e) {
            // OpenCV's own exceptions arrive as plain RuntimeException.
            return new Refused(broken(source));
        }
    }

    private Optional<Reason> refusal(Optional<PictureHeader> header, byte[] encoded, String source) {
        if (encoded.length == 0) {
            return Optional.of(Reason.of("frame.empty", source + " is empty: give a PNG or JPEG file"));
        }
        if (encoded.length > limits.maxBytes()) {
            return Optional.of(Reason.of(
                    "frame.too-many-bytes",
                    source + " has " + encoded.length + " bytes, the limit is " + limits.maxBytes()
                            + ": save the picture smaller"));
        }
        if (header.isEmpty()) {
            return Optional.of(PictureHeader.foreign(encoded)
                    .map(name -> Reason.of(
                            "frame.format", source + " is a picture of the kind " + name + ": give a PNG or JPEG"))
                    .orElseGet(() -> Reason.of(
                            "frame.not-a-picture",
                            source + " is not a picture this can read: give a PNG or JPEG file")));
        }
        return refusal(header.get(), source).or(() -> refusal(header.get(), encoded, source));
    }

    private static Optional<Reason> refusal(PictureHeader header, byte[] encoded, String source) {
        if (header.isAnimated(encoded)) {
            return Optional.of(
                    Reason.of("frame.animated", source + " is an animated PNG: give a picture that does not move"));
        }
        if (!header.isWhole(encoded)) {
            return Optional.of(Reason.of("frame.cut-short", source + " is cut short: save or send it again"));
        }
        return Optional.empty();
    }

    private Optional<Reason> refusal(PictureHeader header, String source) {
        String size = source + " has " + header.width() + "×" + header.height() + " pixels";
        if (header.width() > Integer.MAX_VALUE
                || header.height() > Integer.MAX_VALUE
                || header.width() * header.height() > limits.maxPixels()) {
            return Optional.of(Reason.of(
                    "frame.too-many-pixels", size + ", the limit is " + limits.maxPixels() + " in all: scale it down"));
        }
        if (Math.min(header.width(), header.height()) < limits.minSide()) {
            return Optional.of(Reason.of(
                    "frame.too-small",
                    size + ", a side needs at least " + limits.minSide() + ": use a larger picture"));
        }
        return Optional.empty();
    }

    private static Reason broken(String source) {
        return Reason.of("frame.broken", source + " is a broken picture: save or photograph it again");
    }
}
