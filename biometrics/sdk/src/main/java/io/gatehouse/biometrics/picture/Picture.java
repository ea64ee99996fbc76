package io.gatehouse.biometrics.picture;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import io.gatehouse.core.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A frame's pixels in OpenCV's memory, shared by the stages so that they are copied once. Reading is thread-safe.
 * Everything native that a method makes is freed when it returns; the picture itself by {@link #close()}.
 */
@SuppressWarnings("try") // A PointerScope works by being closed; nobody calls it.
public final class Picture implements AutoCloseable {
    private final Mat pixels;

    private Picture(Mat pixels) {
        this.pixels = pixels;
    }

    /** Copies a frame. */
    public static Picture of(Frame frame) {
        OpenCv.load();
        Mat pixels = new Mat(frame.height(), frame.width(), CV_8UC3);
        ByteBuffer target = pixels.createBuffer();
        target.put(frame.pixels());
        return new Picture(pixels);
    }

    public int width() {
        return pixels.cols();
    }

    public int height() {
        return pixels.rows();
    }

    /** A region, which lies inside the picture, stretched to a size; blue-green-red. */
    public byte[] stretched(int x, int y, int width, int height, int toWidth, int toHeight) {
        try (PointerScope scope = new PointerScope()) {
            Mat region = new Mat(pixels, new Rect(x, y, width, height));
            return bytes(resized(region, toWidth, toHeight));
        }
    }

    /** A crop, resized; the last pixels go on where it leaves the picture; blue-green-red. */
    public byte[] cropped(Crop crop, int toWidth, int toHeight) {
        try (PointerScope scope = new PointerScope()) {
            int left = Math.max(0, -crop.x());
            int top = Math.max(0, -crop.y());
            int right = Math.max(0, crop.x() + crop.width() - width());
            int bottom = Math.max(0, crop.y() + crop.height() - height());
            Rect inside = new Rect(
                    crop.x() + left, crop.y() + top, crop.width() - left - right, crop.height() - top - bottom);
            Mat whole = new Mat(pixels, inside);
            if (left + top + right + bottom > 0) {
                Mat extended = new Mat();
                copyMakeBorder(whole, extended, top, bottom, left, right, BORDER_REPLICATE, new Scalar(0.0));
                whole = extended;
            }
            return bytes(resized(whole, toWidth, toHeight));
        }
    }

    /** What a similarity takes into a square of {@code side} pixels; black where the picture ends; blue-green-red. */
    public byte[] warped(Similarity similarity, int side) {
        try (PointerScope scope = new PointerScope()) {
            Mat source = pixels;
            Similarity remaining = similarity;
            // Interpolation looks at four pixels only: what shrinks by more than two is averaged down first.
            if (similarity.scale() < 0.5) {
                double shrink = 2 * similarity.scale();
                Rect region = sourceRegion(similarity, side);
                int toWidth = (int) Math.max(1, Math.round(region.width() * shrink));
                int toHeight = (int) Math.max(1, Math.round(region.height() * shrink));
                source = resized(new Mat(pixels, region), toWidth, toHeight);
                remaining = afterShrinking(similarity, region, shrink);
            }
            Mat matrix = new Mat(2, 3, CV_64F);
            DoubleBuffer values = matrix.createBuffer();
            values.put(new double[] {
                remaining.a(), -remaining.b(), remaining.moveX(), remaining.b(), remaining.a(), remaining.moveY()
            });
            Mat chip = new Mat();
            warpAffine(source, chip, matrix, new Size(side, side), INTER_LINEAR, BORDER_CONSTANT, new Scalar(0.0));
            return bytes(chip);
        }
    }

    /** The part of the picture that a chip shows. */
    private Rect sourceRegion(Similarity similarity, int side) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (int corner = 0; corner < 4; corner++) {
            double[] at = similarity.inverse((corner & 1) * side, (corner >> 1) * side);
            left = Math.min(left, at[0]);
            right = Math.max(right, at[0]);
            top = Math.min(top, at[1]);
            bottom = Math.max(bottom, at[1]);
        }
        int x = (int) Math.max(0, Math.min(width() - 1, Math.floor(left)));
        int y = (int) Math.max(0, Math.min(height() - 1, Math.floor(top)));
        int x2 = (int) Math.max(x + 1, Math.min(width(), Math.ceil(right)));
        int y2 = (int) Math.max(y + 1, Math.min(height(), Math.ceil(bottom)));
        return new Rect(x, y, x2 - x, y2 - y);
    }

    /** The same map from a picture that is a region of this one, made smaller. Pixel centres are at whole numbers. */
    private static Similarity afterShrinking(Similarity whole, Rect region, double shrink) {
        double a = whole.a() / shrink;
        double b = whole.b() / shrink;
        double x = region.x() + 0.5 / shrink - 0.5;
        double y = region.y() + 0.5 / shrink - 0.5;
        return new Similarity(
                a, b, whole.moveX() + whole.a() * x - whole.b() * y, whole.moveY() + whole.b() * x + whole.a() * y);
    }

    private static Mat resized(Mat source, int width, int height) {
        Mat target = new Mat();
        boolean shrinksMuch = source.cols() > 2L * width && source.rows() > 2L * height;
        resize(source, target, new Size(width, height), 0, 0, shrinksMuch ? INTER_AREA : INTER_LINEAR);
        return target;
    }

    private static byte[] bytes(Mat continuous) {
        ByteBuffer buffer = continuous.createBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        pixels.close();
    }
}
