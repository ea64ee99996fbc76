package io.gatehouse.core.frame;

/**
 * What a decoder accepts, checked on the file's header before a pixel is decoded. Immutable and thread-safe.
 *
 * @param maxBytes  the largest file
 * @param maxPixels the most pixels (width × height)
 * @param minSide   the fewest pixels a side
 */
public record FrameLimits(long maxBytes, long maxPixels, int minSide) {
    /** Files up to 32 MiB with up to 40 megapixels and at least 32 pixels a side. */
    public static final FrameLimits DEFAULT = new FrameLimits(32L << 20, 40_000_000, 32);

    public FrameLimits {
        if (maxBytes < 1 || maxPixels < 1 || minSide < 1) {
            throw new IllegalArgumentException("frame limits must be positive, are " + maxBytes + " bytes, " + maxPixels
                    + " pixels, side " + minSide);
        }
    }
}
