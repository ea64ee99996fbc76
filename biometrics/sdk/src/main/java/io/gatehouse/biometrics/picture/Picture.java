package io.gatehouse.biometrics.picture;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import io.gatehouse.biometrics.model.CropRule;
import io.gatehouse.core.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A frame's pixels in OpenCV's memory, shared by the stages so that they are copied once. Reading is thread-safe.
 * Everything native that a method makes is freed when it returns; the picture itself by {@link #close()}.
 *
 * <p>Interpolation looks at four pixels only, so what shrinks a part by two or more takes it from a halved picture, each
 * level of which is the mean of four pixels of the one before, made when the first stage needs it and shared by all
 * (a pyramid, as textures have them). Resizing by area straight from the whole picture gives nearly the same pixels,
 * took a fifth of the time of a whole analysis besides its networks, and looks at every pixel again for each stage.
 */
@SuppressWarnings("try") // A PointerScope works by being closed; nobody calls it.
public final class Picture implements AutoCloseable {
    // The brightness of what a turned picture does not show: in the middle, so that no edge stands out.
    private static final double UNKNOWN = 127;

    private final Mat pixels;
    // Guarded by itself; the first is half as large as the picture.
    private final List<Mat> halves = new ArrayList<>();

    private Picture(Mat pixels) {
        this.pixels = pixels;
    }

    /** Loads OpenCV, once a process, which takes about a second; the first picture does it too. */
    public static void prepare() {
        OpenCv.load();
        Loader.load(opencv_imgproc.class);
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

    /**
     * A new picture, turned counter-clockwise by so many degrees, so that what was turned clockwise stands upright. It is
     * as large as needed to show all; grey where the picture does not reach. It must be closed too.
     */
    public Picture turnedBack(double degrees) {
        double cosine = Math.abs(Math.cos(Math.toRadians(degrees)));
        double sine = Math.abs(Math.sin(Math.toRadians(degrees)));
        int toWidth = (int) Math.max(1, Math.round(width() * cosine + height() * sine));
        int toHeight = (int) Math.max(1, Math.round(width() * sine + height() * cosine));
        Mat turned = new Mat();
        int quarters = (int) Math.round(degrees / 90);
        if (degrees == 90 * quarters && quarters > 0 && quarters < 4) {
            rotate(
                    pixels,
                    turned,
                    new int[] {ROTATE_90_COUNTERCLOCKWISE, ROTATE_180, ROTATE_90_CLOCKWISE}[quarters - 1]);
        } else {
            turn(turned, toWidth, toHeight, degrees);
        }
        return new Picture(turned);
    }

    private void turn(Mat target, int toWidth, int toHeight, double degrees) {
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        double fromX = (1 - toWidth) / 2.0;
        double fromY = (1 - toHeight) / 2.0;
        double[] toSource = {
            cosine,
            -sine,
            (width() - 1) / 2.0 + cosine * fromX - sine * fromY,
            sine,
            cosine,
            (height() - 1) / 2.0 + sine * fromX + cosine * fromY
        };
        try (PointerScope scope = new PointerScope()) {
            sampled(toSource, toWidth, toHeight, BORDER_CONSTANT, UNKNOWN).copyTo(target);
        }
    }

    /** A region, which lies inside the picture, stretched to a size; blue-green-red; to half a pixel of the result. */
    public byte[] stretched(int x, int y, int width, int height, int toWidth, int toHeight) {
        int level = level(Math.min((double) width / toWidth, (double) height / toHeight));
        Mat source = halved(level);
        try (PointerScope scope = new PointerScope()) {
            int left = Math.min(x >> level, source.cols() - 1);
            int top = Math.min(y >> level, source.rows() - 1);
            int right = Math.min(Math.max(left + 1, (x + width) >> level), source.cols());
            int bottom = Math.min(Math.max(top + 1, (y + height) >> level), source.rows());
            if (right == toWidth && bottom == toHeight && source.cols() == toWidth && source.rows() == toHeight) {
                return bytes(source);
            }
            Mat region = new Mat(source, new Rect(left, top, right - left, bottom - top));
            Mat target = new Mat();
            resize(region, target, new Size(toWidth, toHeight), 0, 0, INTER_LINEAR);
            return bytes(target);
        }
    }

    /** A crop, resized; the last pixels go on where it leaves the picture; blue-green-red. */
    public byte[] cropped(Crop crop, int toWidth, int toHeight) {
        double across = (double) crop.width() / toWidth;
        double down = (double) crop.height() / toHeight;
        double cosine = crop.turnDegrees() == 0 ? 1 : Math.cos(Math.toRadians(crop.turnDegrees()));
        double sine = crop.turnDegrees() == 0 ? 0 : Math.sin(Math.toRadians(crop.turnDegrees()));
        // The middle of the first pixel of the result; pixels' centres are at whole numbers here, and not at halves.
        double[] first = crop.pictured(0.5 / toWidth, 0.5 / toHeight);
        double[] toSource = {
            cosine * across, -sine * down, first[0] - 0.5,
            sine * across, cosine * down, first[1] - 0.5
        };
        try (PointerScope scope = new PointerScope()) {
            return bytes(sampled(toSource, toWidth, toHeight, BORDER_REPLICATE, 0));
        }
    }

    /** What a similarity takes into a square of {@code side} pixels; black where the picture ends; blue-green-red. */
    public byte[] warped(Similarity similarity, int side) {
        return warped(similarity, side, BORDER_CONSTANT);
    }

    /**
     * As {@link #warped(Similarity, int)}, with the last pixels going on where the picture ends.
     *
     * @throws IllegalArgumentException for another edge than {@link CropRule.Edge#REPLICATE}
     */
    public byte[] warped(Similarity similarity, int side, CropRule.Edge edge) {
        if (edge != CropRule.Edge.REPLICATE) {
            throw new IllegalArgumentException("a warped square can only be filled by REPLICATE, not " + edge);
        }
        return warped(similarity, side, BORDER_REPLICATE);
    }

    private byte[] warped(Similarity similarity, int side, int border) {
        double square = Math.max(similarity.a() * similarity.a() + similarity.b() * similarity.b(), 1e-12);
        double[] origin = similarity.inverse(0, 0);
        double[] toSource = {
            similarity.a() / square, similarity.b() / square, origin[0],
            -similarity.b() / square, similarity.a() / square, origin[1]
        };
        try (PointerScope scope = new PointerScope()) {
            return bytes(sampled(toSource, side, side, border, 0));
        }
    }

    /** Looks up every pixel of a result where an affine map, two rows of three numbers, takes it from. */
    private Mat sampled(double[] toSource, int width, int height, int border, double unknown) {
        int level = level(Math.sqrt(Math.abs(toSource[0] * toSource[4] - toSource[1] * toSource[3])));
        Mat source = halved(level);
        double part = 1.0 / (1 << level);
        Mat matrix = new Mat(2, 3, CV_64F);
        DoubleBuffer values = matrix.createBuffer();
        for (int row = 0; row < 2; row++) {
            values.put(toSource[3 * row] * part).put(toSource[3 * row + 1] * part);
            values.put((toSource[3 * row + 2] + 0.5) * part - 0.5);
        }
        Mat target = new Mat();
        int how = INTER_LINEAR | WARP_INVERSE_MAP;
        warpAffine(source, target, matrix, new Size(width, height), how, border, Scalar.all(unknown));
        return target;
    }

    /** How often a picture is halved so that what shrinks so many times shrinks by less than two from there. */
    private int level(double shrinks) {
        int level = 0;
        while (shrinks >= 2 << level && Math.min(width(), height()) >= 4 << level) {
            level++;
        }
        return level;
    }

    /** The picture halved so often; an odd last row or column falls away. */
    private Mat halved(int level) {
        if (level == 0) {
            return pixels;
        }
        synchronized (halves) {
            while (halves.size() < level) {
                Mat whole = halves.isEmpty() ? pixels : halves.get(halves.size() - 1);
                Mat half = new Mat(whole.rows() / 2, whole.cols() / 2, CV_8UC3);
                // It outlives the scope of the call that needs it first.
                half.retainReference();
                halves.add(half);
                try (PointerScope scope = new PointerScope()) {
                    Mat even = new Mat(whole, new Rect(0, 0, 2 * half.cols(), 2 * half.rows()));
                    resize(even, half, half.size(), 0, 0, INTER_AREA);
                }
            }
            return halves.get(level - 1);
        }
    }

    private static byte[] bytes(Mat continuous) {
        ByteBuffer buffer = continuous.createBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        synchronized (halves) {
            halves.forEach(Mat::close);
            halves.clear();
        }
        pixels.close();
    }
}
