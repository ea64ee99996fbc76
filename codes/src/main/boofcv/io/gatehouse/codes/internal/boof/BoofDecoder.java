package io.gatehouse.codes.internal.boof;

import boofcv.abst.fiducial.QrCodeDetector;
import boofcv.alg.fiducial.qrcode.QrCode;
import boofcv.factory.fiducial.FactoryFiducial;
import boofcv.struct.image.GrayU8;
import georegression.struct.point.Point2D_F64;
import io.gatehouse.codes.internal.read.Grey;
import io.gatehouse.codes.internal.read.OutlineDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** BoofCV's detector, which traces the outlines of finder patterns to a fraction of a pixel. Thread-safe: each call has a detector of its own. */
public final class BoofDecoder implements OutlineDecoder {
    private final Queue<QrCodeDetector<GrayU8>> idle = new ConcurrentLinkedQueue<>();

    public BoofDecoder() {
        Module own = BoofDecoder.class.getModule();
        if (own.isNamed()) {
            // BoofCV cannot be a module, so that it lies on the class path, which a named module does not read by
            // itself.
            own.addReads(BoofDecoder.class.getClassLoader().getUnnamedModule());
        }
        idle.add(detector());
    }

    private static QrCodeDetector<GrayU8> detector() {
        return FactoryFiducial.qrcode(null, GrayU8.class);
    }

    @Override
    public List<Outline> read(Grey grey) {
        QrCodeDetector<GrayU8> free = idle.poll();
        QrCodeDetector<GrayU8> detector = free == null ? detector() : free;
        GrayU8 image = new GrayU8(0, 0);
        image.data = grey.pixels();
        image.width = grey.width();
        image.height = grey.height();
        image.stride = grey.width();
        detector.process(image);
        List<Outline> read = new ArrayList<>();
        for (QrCode code : detector.getDetections()) {
            read.add(new Outline(code.message, reversed(code.corrected), code.version, corners(code, grey.scale())));
        }
        // One that threw is left to the collector: nobody knows what state it is in.
        idle.add(detector);
        return read;
    }

    /** BoofCV keeps the bits of each byte the other way round. */
    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = (byte) (Integer.reverse(bytes[i] & 0xFF) >>> 24);
        }
        return reversed;
    }

    private static double[] corners(QrCode code, double scale) {
        double[] corners = new double[8];
        for (int i = 0; i < 4; i++) {
            Point2D_F64 corner = code.bounds.get(i);
            corners[2 * i] = corner.x * scale;
            corners[2 * i + 1] = corner.y * scale;
        }
        return corners;
    }
}
