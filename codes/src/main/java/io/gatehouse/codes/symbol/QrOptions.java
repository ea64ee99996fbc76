package io.gatehouse.codes.symbol;

import java.util.Objects;

/**
 * How a QR code is made and drawn. Immutable and thread-safe.
 *
 * @param errorCorrection  how much damage it survives
 * @param quietZoneModules width of the light margin in modules, 0 to 16; the standard asks for 4
 * @param modulePixels     side of a module in pixels, 1 to 32
 */
public record QrOptions(ErrorCorrection errorCorrection, int quietZoneModules, int modulePixels) {
    /** Error correction M, the standard's quiet zone, 8 pixels a module. */
    public static final QrOptions DEFAULT = new QrOptions(ErrorCorrection.M, 4, 8);

    private static final int MAX_QUIET_ZONE = 16;
    private static final int MAX_MODULE_PIXELS = 32;

    public QrOptions {
        Objects.requireNonNull(errorCorrection, "errorCorrection");
        if (quietZoneModules < 0 || quietZoneModules > MAX_QUIET_ZONE) {
            throw new IllegalArgumentException(
                    "a quiet zone has 0 to " + MAX_QUIET_ZONE + " modules, not " + quietZoneModules);
        }
        if (modulePixels < 1 || modulePixels > MAX_MODULE_PIXELS) {
            throw new IllegalArgumentException(
                    "a module has 1 to " + MAX_MODULE_PIXELS + " pixels a side, not " + modulePixels);
        }
    }
}
