package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import java.util.random.RandomGenerator;

/**
 * A head made of 68 points in space, in millimetres: x to the picture's right, y down, z towards the camera, the middle
 * of the eyes at zero. Drawn at random around an adult's measures, so that it is not the face that the code assumes.
 */
final class SyntheticHead {
    private static final double[] X = {
        -57.8, -49, -36.5, -22.7, -11.4, 11.4, 23.5, 36.5, 48.9, 57.8, 0, 0, 0, 0, -14.5, -7.6, 0, 7.6, 14.5, -43.5,
        -35.8, -26.5, -18.3, -27, -36.3, 18.3, 26.5, 35.7, 43.5, 36.3, 27, -27.8, -17.1, -7.2, 0, 7.2, 17.6, 27.8, 17.9,
        7.8, 0, -7.9, -17.9, -23.6, -7.3, 0, 7.3, 23.6, 7.5, 0, -7.5
    };
    private static final double[] Y = {
        -13, -21, -23.4, -21.5, -16.5, -16.5, -21.5, -23.4, -21, -13, -1.6, 10.6, 22.8, 35.2, 43.7, 46.3, 48.5, 46.3,
        43.7, 0, -4.5, -4.4, 1.7, 3.3, 3.2, 1.7, -4.4, -4.5, 0, 3.2, 3.3, 66.5, 62.3, 60.2, 62, 60.2, 62.3, 66.5, 76.4,
        80.8, 81.7, 80.8, 76.4, 67, 66.3, 67.1, 66.3, 67, 71.6, 72.5, 71.6
    };
    private static final double[] Z = {
        -8, 2, 8, 11, 13, 13, 11, 8, 2, -8, 12, 19, 27, 34, 15, 20, 23, 20, 15, -10, -3, -1, 0, -1, -3, 0, -1, -3, -10,
        -3, -1, 4, 12, 17, 19, 17, 12, 4, 11, 15, 16, 15, 11, 6, 14, 15, 14, 6, 13, 14, 13
    };
    private static final int FIRST_INNER = 17;
    private static final double NECK_Y = 40;
    private static final double NECK_Z = -95;

    private final double[][] points = new double[FaceLandmarks.COUNT][3];

    SyntheticHead(RandomGenerator random) {
        double wide = 1 + 0.06 * random.nextGaussian();
        double high = 1 + 0.06 * random.nextGaussian();
        double deep = 1 + 0.15 * random.nextGaussian();
        double nose = 1 + 0.2 * random.nextGaussian();
        for (int i = 0; i < FaceLandmarks.COUNT; i++) {
            double[] mean = i < FIRST_INNER ? jaw(i) : inner(i - FIRST_INNER);
            boolean onNose = i > 27 && i < 36;
            double depth = onNose ? 12 + (mean[2] - 12) * nose : mean[2];
            points[i][0] = mean[0] * wide + 1.5 * random.nextGaussian();
            points[i][1] = mean[1] * high + 1 * random.nextGaussian();
            points[i][2] = depth * deep + 1.5 * random.nextGaussian();
        }
        // A slip of a millimetre may not shut an eye.
        for (int[] lids : new int[][] {{37, 41}, {38, 40}, {43, 47}, {44, 46}}) {
            points[lids[1]][1] = points[lids[0]][1] + 7.5 * high;
        }
    }

    private static double[] inner(int index) {
        return new double[] {X[index], Y[index], Z[index]};
    }

    private static double[] jaw(int point) {
        double angle = Math.toRadians((point - 8) / 8.0 * 90);
        return new double[] {
            72 * Math.sin(angle), -2 + 108 * Math.pow(Math.max(0, Math.cos(angle)), 0.8), -75 + 85 * Math.cos(angle)
        };
    }

    /** The head with eyes shut (1) or open (0) and the mouth open (1) or shut (0), in space. */
    double[][] with(double shut, double open) {
        double[][] made = new double[FaceLandmarks.COUNT][];
        for (int i = 0; i < made.length; i++) {
            made[i] = points[i].clone();
        }
        for (int[] lids : new int[][] {{37, 41}, {38, 40}, {43, 47}, {44, 46}}) {
            made[lids[0]][1] += shut * 0.95 * (points[lids[1]][1] - points[lids[0]][1]);
        }
        for (int point : new int[] {5, 6, 7, 8, 9, 10, 11, 55, 56, 57, 58, 59, 65, 66, 67}) {
            made[point][1] += open * 28;
            made[point][2] -= open * 6;
        }
        for (int corner : new int[] {48, 54, 60, 64}) {
            made[corner][0] *= 1 - 0.12 * open;
            made[corner][1] += open * 8;
        }
        return made;
    }

    /** The points of a picture of this face that lies on a sheet of paper, before it is bent: z is zero. */
    double[][] printed(double shut, double open) {
        FaceLandmarks seen = new Camera(600, 0, 0).see(with(shut, open), new Pose(0, 0, 0, 0, 0, 0));
        double[][] sheet = new double[FaceLandmarks.COUNT][];
        for (int i = 0; i < sheet.length; i++) {
            sheet[i] = new double[] {seen.x(i), seen.y(i), 0};
        }
        return sheet;
    }

    /** A sheet rolled about an upright cylinder. */
    static double[][] bent(double[][] sheet, double radius) {
        double[][] made = new double[sheet.length][];
        for (int i = 0; i < sheet.length; i++) {
            double angle = sheet[i][0] / radius;
            made[i] = new double[] {radius * Math.sin(angle), sheet[i][1], radius * (Math.cos(angle) - 1)};
        }
        return made;
    }

    /** A sheet folded along the nose. */
    static double[][] folded(double[][] sheet, double slope) {
        double length = Math.hypot(1, slope);
        double[][] made = new double[sheet.length][];
        for (int i = 0; i < sheet.length; i++) {
            made[i] = new double[] {sheet[i][0] / length, sheet[i][1], -slope * Math.abs(sheet[i][0]) / length};
        }
        return made;
    }

    /**
     * How something is held: degrees about the upright axis (to the picture's right), the level one (down) and the one to
     * the camera, and millimetres.
     */
    record Pose(double yaw, double pitch, double roll, double moveX, double moveY, double nearer) {
        Pose plus(Pose other) {
            return new Pose(
                    yaw + other.yaw,
                    pitch + other.pitch,
                    roll + other.roll,
                    moveX + other.moveX,
                    moveY + other.moveY,
                    nearer + other.nearer);
        }
    }

    /**
     * A pinhole camera that gives a face 63 pixels between the eyes.
     *
     * @param distance from the eyes, in millimetres
     * @param pivotY   about which point things turn: height and
     * @param pivotZ   depth
     */
    record Camera(double distance, double pivotY, double pivotZ) {
        /** Heads turn about the neck. */
        static Camera ofHead(double distance) {
            return new Camera(distance, NECK_Y, NECK_Z);
        }

        FaceLandmarks see(double[][] space, Pose pose) {
            double[] yaw = {Math.cos(Math.toRadians(pose.yaw)), Math.sin(Math.toRadians(pose.yaw))};
            double[] pitch = {Math.cos(Math.toRadians(pose.pitch)), Math.sin(Math.toRadians(pose.pitch))};
            double[] roll = {Math.cos(Math.toRadians(pose.roll)), Math.sin(Math.toRadians(pose.roll))};
            float[] seen = new float[2 * FaceLandmarks.COUNT];
            for (int i = 0; i < FaceLandmarks.COUNT; i++) {
                double y = space[i][1] - pivotY;
                double z = space[i][2] - pivotZ;
                double down = pitch[0] * y + pitch[1] * z;
                double near = pitch[0] * z - pitch[1] * y;
                double across = yaw[0] * space[i][0] + yaw[1] * near;
                near = yaw[0] * near - yaw[1] * space[i][0];
                double x = roll[0] * across - roll[1] * down + pose.moveX;
                y = roll[1] * across + roll[0] * down + pivotY + pose.moveY;
                double scale = distance / (distance - near - pivotZ - pose.nearer);
                seen[2 * i] = (float) (x * scale);
                seen[2 * i + 1] = (float) (y * scale);
            }
            return new FaceLandmarks(seen);
        }
    }

    /** Landmarks as a network gives them: each off by so many pixels. */
    static FaceLandmarks noisy(FaceLandmarks seen, double pixels, RandomGenerator random) {
        float[] points = seen.points();
        for (int i = 0; i < points.length; i++) {
            points[i] += (float) (300 + pixels * random.nextGaussian());
        }
        return new FaceLandmarks(points);
    }
}
