package io.gatehouse.devices.door;

/**
 * Tells what an input says from the resistance of its loop, which two resistors at its far end make different for each
 * of normal and active. A resistance that is neither, but lies between, is somebody at the wire and counts as cut.
 * Immutable and thread-safe.
 *
 * @param normalOhms more than nothing
 * @param activeOhms more than nothing
 * @param tolerance  how far off each may be, more than 0 to 0.5: so much of its value
 */
public record SupervisedLine(double normalOhms, double activeOhms, double tolerance) {
    /** 2.2 kΩ at rest, 4.4 kΩ active, a tenth off at most. */
    public static final SupervisedLine TWO_RESISTORS = new SupervisedLine(2_200, 4_400, 0.1);

    public SupervisedLine {
        if (!(normalOhms > 0) || !(activeOhms > 0) || Double.isInfinite(normalOhms) || Double.isInfinite(activeOhms)) {
            throw new IllegalArgumentException(
                    "resistances are more than 0 ohms, not " + normalOhms + " and " + activeOhms);
        }
        if (!(tolerance > 0) || tolerance > 0.5) {
            throw new IllegalArgumentException("the tolerance is more than 0 and at most 0.5, not " + tolerance);
        }
        double low = Math.min(normalOhms, activeOhms);
        double high = Math.max(normalOhms, activeOhms);
        if (low * (1 + tolerance) >= high * (1 - tolerance)) {
            throw new IllegalArgumentException(
                    "normal and active cannot be told apart: " + low + " and " + high + " ohms overlap");
        }
    }

    /** What the loop says; a resistance that was not measured is no number and counts as cut. */
    public InputState state(double ohms) {
        if (isNear(ohms, normalOhms)) {
            return InputState.NORMAL;
        }
        if (isNear(ohms, activeOhms)) {
            return InputState.ACTIVE;
        }
        return ohms < Math.min(normalOhms, activeOhms) ? InputState.SHORT : InputState.CUT;
    }

    private boolean isNear(double ohms, double wanted) {
        return Math.abs(ohms - wanted) <= wanted * tolerance;
    }
}
