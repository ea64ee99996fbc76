package io.gatehouse.codes.symbol.hard;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a flat or bent square hangs before a pinhole camera. Immutable.
 *
 * @param centreX  where its middle is seen, pixels
 * @param centreY  where its middle is seen, pixels
 * @param side     its side seen from the front, pixels
 * @param turn     rotation in the picture, radians
 * @param tilt     rotation away from the camera, radians
 * @param axis     direction of the axis of the tilt, radians
 * @param bend     the part of a full circle around a bottle that its side takes, radians, 0 for flat
 * @param distance of the camera in sides
 */
record Pose(
        double centreX,
        double centreY,
        double side,
        double turn,
        double tilt,
        double axis,
        double bend,
        double distance) {
    static Pose facing(double centreX, double centreY, double side, SplittableRandom random) {
        double turn = random.nextInt(10) < 6 ? random.nextDouble(-0.25, 0.25) : random.nextDouble(0, 2 * Math.PI);
        return new Pose(centreX, centreY, side, turn, random.nextDouble(0, 0.25), random.nextDouble(0, Math.PI), 0, 3);
    }

    Pose tilted(double by) {
        return new Pose(centreX, centreY, side, turn, by, axis, bend, distance * 0.7);
    }

    Pose bent(double around) {
        return new Pose(centreX, centreY, side, turn, tilt, axis, around, distance);
    }

    Look look() {
        return new Look(this);
    }

    /** The way back from a pixel to the square, with what is the same for all pixels computed once. Immutable. */
    static final class Look {
        private final Pose pose;
        private final double axisX;
        private final double axisY;
        private final double slope;
        private final double foreshortening;
        private final double turnX;
        private final double turnY;

        private Look(Pose pose) {
            this.pose = pose;
            this.axisX = Math.cos(pose.axis);
            this.axisY = Math.sin(pose.axis);
            this.slope = Math.tan(pose.tilt);
            this.foreshortening = Math.cos(pose.tilt);
            this.turnX = Math.cos(pose.turn);
            this.turnY = Math.sin(pose.turn);
        }

        /** The point of the square (0 to 1 each way) that is seen there, or {@code null} where the camera looks past it. */
        double @Nullable [] at(double x, double y) {
            double px = (x - pose.centreX) / pose.side;
            double py = (y - pose.centreY) / pose.side;
            // A ray from the camera at (0, 0, -distance) through (px, py, 0) meets the tilted plane through the origin.
            double along = px * axisX + py * axisY;
            double across = -px * axisY + py * axisX;
            double t = pose.distance / (pose.distance - across * slope);
            if (t <= 0 || t > 4) {
                return null;
            }
            double planeAlong = along * t;
            double planeAcross = across * t / foreshortening;
            double u = planeAlong * axisX - planeAcross * axisY;
            double v = planeAlong * axisY + planeAcross * axisX;
            double turnedU = u * turnX + v * turnY;
            double turnedV = -u * turnY + v * turnX;
            if (pose.bend > 0) {
                double radius = 1 / pose.bend;
                if (Math.abs(turnedU) >= radius) {
                    return null;
                }
                turnedU = radius * Math.asin(turnedU / radius);
            }
            return new double[] {turnedU + 0.5, turnedV + 0.5};
        }
    }
}
