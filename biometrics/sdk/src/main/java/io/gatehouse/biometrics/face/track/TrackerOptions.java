package io.gatehouse.biometrics.face.track;

import java.time.Duration;

/**
 * How faces are followed. Immutable and thread-safe. Lengths are in sizes of the face: the square root of its box's
 * area.
 *
 * @param maxShift       how far a face may be from where it is expected, at once
 * @param maxSpeed       how much farther for each second since it was seen
 * @param maxGrowth      how many times larger or smaller its side may be
 * @param confirmAfter   in how many frames a face is seen before its track is confirmed
 * @param tentativeLimit how long an unconfirmed face may be out of view
 * @param confirmedLimit how long a confirmed one may
 * @param reorderLimit   a frame older than the last by at most this is passed over; by more, the clock was set back and
 *                       every track ends
 * @param maxTracks      how many faces are followed at once; of more, the larger
 */
public record TrackerOptions(
        double maxShift,
        double maxSpeed,
        double maxGrowth,
        int confirmAfter,
        Duration tentativeLimit,
        Duration confirmedLimit,
        Duration reorderLimit,
        int maxTracks) {
    /** For people who come to a gate, at 5 frames a second and more. */
    public static final TrackerOptions DEFAULT = new TrackerOptions(
            0.7, 2.5, 1.6, 3, Duration.ofMillis(400), Duration.ofMillis(1_500), Duration.ofSeconds(1), 32);

    private static final int MAX_TRACKS = 256;

    public TrackerOptions {
        if (!(maxShift > 0 && maxShift < 100 && maxSpeed >= 0 && maxSpeed < 1_000 && maxGrowth >= 1)) {
            throw new IllegalArgumentException("a face moves by some face sizes and grows by at least 1 times, not "
                    + maxShift + ", " + maxSpeed + " a second and " + maxGrowth);
        }
        if (confirmAfter < 1 || maxTracks < 1 || maxTracks > MAX_TRACKS) {
            throw new IllegalArgumentException("a track is confirmed after 1 frame or more and there are 1 to "
                    + MAX_TRACKS + ", not " + confirmAfter + " and " + maxTracks);
        }
        if (tentativeLimit.isNegative() || confirmedLimit.isNegative() || reorderLimit.isNegative()) {
            throw new IllegalArgumentException("a tracker's limits are not negative: " + tentativeLimit + ", "
                    + confirmedLimit + ", " + reorderLimit);
        }
    }

    public TrackerOptions withLimits(Duration tentative, Duration confirmed) {
        return new TrackerOptions(
                maxShift, maxSpeed, maxGrowth, confirmAfter, tentative, confirmed, reorderLimit, maxTracks);
    }

    public TrackerOptions withConfirmAfter(int frames) {
        return new TrackerOptions(
                maxShift, maxSpeed, maxGrowth, frames, tentativeLimit, confirmedLimit, reorderLimit, maxTracks);
    }

    public TrackerOptions withMaxTracks(int count) {
        return new TrackerOptions(
                maxShift, maxSpeed, maxGrowth, confirmAfter, tentativeLimit, confirmedLimit, reorderLimit, count);
    }
}
