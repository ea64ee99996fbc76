package io.gatehouse.biometrics.face.track;

/**
 * Which frames make a best shot. Immutable and thread-safe.
 *
 * @param minFrames        of how many frames at least
 * @param maxFrames        of how many at most: the best ones
 * @param minQuality       a frame of less unified quality, 0 to 100, does not count
 * @param enoughQuality    when {@code minFrames} frames have at least this, no more are wanted
 * @param sameFaceRate     every two of the frames must match at this false match rate
 */
public record BestShotOptions(
        int minFrames, int maxFrames, double minQuality, double enoughQuality, double sameFaceRate) {
    /** Two to five frames. */
    public static final BestShotOptions DEFAULT = new BestShotOptions(2, 5, 0, 80, 1e-2);

    private static final int MAX_FRAMES = 64;

    public BestShotOptions {
        if (minFrames < 1 || maxFrames < minFrames || maxFrames > MAX_FRAMES) {
            throw new IllegalArgumentException(
                    "a best shot is of 1 to " + MAX_FRAMES + " frames, not " + minFrames + " to " + maxFrames);
        }
        if (!(minQuality >= 0 && minQuality <= 100 && enoughQuality >= minQuality && enoughQuality <= 100)) {
            throw new IllegalArgumentException("a unified quality is 0 to 100 and enough is not less than the least: "
                    + minQuality + ", " + enoughQuality);
        }
        if (!(sameFaceRate > 0 && sameFaceRate < 1)) {
            throw new IllegalArgumentException("a false match rate lies between 0 and 1, not " + sameFaceRate);
        }
    }

    public BestShotOptions withFrames(int least, int most) {
        return new BestShotOptions(least, most, minQuality, enoughQuality, sameFaceRate);
    }

    public BestShotOptions withQuality(double least, double enough) {
        return new BestShotOptions(minFrames, maxFrames, least, enough, sameFaceRate);
    }

    public BestShotOptions withSameFaceRate(double rate) {
        return new BestShotOptions(minFrames, maxFrames, minQuality, enoughQuality, rate);
    }
}
