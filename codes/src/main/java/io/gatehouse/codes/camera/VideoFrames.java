package io.gatehouse.codes.camera;

import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_videoio;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;

/**
 * Frames of a camera or a video file by OpenCV. Of a camera the driver is asked to keep one frame only, so that what is seen is of
 * now; frames of a file have the times that they have in it, from when it was opened. Owns native memory: close it. Thread-safe.
 */
public final class VideoFrames implements FrameSource {
    private static final long MOST_PIXELS = 40_000_000;

    private final VideoCapture capture;
    private final Mat mat = new Mat();
    private final String source;
    private final InstantSource clock;
    private final Optional<Instant> begin;
    private boolean closed;

    private VideoFrames(VideoCapture capture, String source, InstantSource clock, Optional<Instant> begin) {
        this.capture = capture;
        this.source = source;
        this.clock = clock;
        this.begin = begin;
    }

    /**
     * A camera of this machine, counted from 0.
     *
     * @throws IOException if it is not there, busy or not permitted
     */
    public static VideoFrames ofCamera(int number, InstantSource clock) throws IOException {
        if (number < 0) {
            throw new IllegalArgumentException("cameras are counted from 0, not " + number);
        }
        VideoCapture capture = new VideoCapture(number);
        requireOpen(
                capture,
                "camera " + number
                        + " cannot be opened: it is not there, in use, or this user is not in the group video");
        capture.set(opencv_videoio.CAP_PROP_BUFFERSIZE, 1);
        return new VideoFrames(capture, "camera " + number, clock, Optional.empty());
    }

    /**
     * A video file.
     *
     * @throws IOException if there is none, or it is none that OpenCV reads here
     */
    public static VideoFrames ofFile(Path file, InstantSource clock) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read");
        }
        VideoCapture capture = new VideoCapture(file.toString());
        requireOpen(capture, file + " is no video that this OpenCV reads");
        return new VideoFrames(capture, file.getFileName().toString(), clock, Optional.of(clock.instant()));
    }

    private static void requireOpen(VideoCapture capture, String otherwise) throws IOException {
        if (!capture.isOpened()) {
            capture.close();
            throw new IOException(otherwise);
        }
    }

    /** @throws IOException if the source was closed, the camera is gone, or a frame has more than 40 megapixels */
    @Override
    public synchronized Optional<Frame> next() throws IOException {
        if (closed) {
            throw new IOException(source + " is closed");
        }
        double millis = capture.get(opencv_videoio.CAP_PROP_POS_MSEC);
        if (!capture.read(mat) || mat.empty()) {
            if (begin.isEmpty()) {
                throw new IOException(source + " gives no more frames: it was unplugged or taken by another program");
            }
            return Optional.empty();
        }
        long pixels = (long) mat.cols() * mat.rows();
        if (mat.type() != opencv_core.CV_8UC3 || !mat.isContinuous() || pixels > MOST_PIXELS) {
            throw new IOException(source + " gives frames of " + mat.cols() + " × " + mat.rows() + " and type "
                    + mat.type() + ", not of blue, green and red with up to " + MOST_PIXELS + " pixels");
        }
        byte[] bgr = new byte[(int) pixels * Frame.CHANNELS];
        ByteBuffer data = mat.createBuffer();
        data.get(bgr);
        Instant at = begin.map(from -> from.plus(Duration.ofMillis(Math.round(millis))))
                .orElseGet(clock::instant);
        return Optional.of(Frame.ofBgr(mat.cols(), mat.rows(), bgr, at, source));
    }

    /** Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            capture.release();
            capture.close();
            mat.close();
        }
    }
}
