package io.gatehouse.biometrics.face.landmark;

import java.util.Optional;

/**
 * Fits the mean head to landmarks: the rotation and scale with the least squared distance in the picture, under weak
 * perspective (a head is far away against its depth). Two stages: the linear least-squares map, made a rotation as in
 * POS (DeMenthon and Davis, "Model-based object pose in 25 lines of code", IJCV 1995), which is good for perfect points;
 * then Gauss–Newton steps on rotation and scale, since noise makes the linear map shear. Used by one thread.
 *
 * <p>Full perspective was left out: it needs the camera's focal length, which nobody tells, and changes the angles of
 * a face at arm's length by a degree or two.
 */
final class HeadPoseFit {
    private static final int STEPS = 10;
    private static final double SMALL = 1e-10;
    private static final double[] NORMAL = invertedNormal();

    private final double[] seen = new double[2 * MeanHead.COUNT];
    private final double[] rotation = new double[9];
    private final double eyes;
    private double scale;

    private HeadPoseFit(FaceLandmarks landmarks) {
        eyes = landmarks.interEyePixels();
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < MeanHead.COUNT; i++) {
            meanX += landmarks.x(MeanHead.landmark(i)) / MeanHead.COUNT;
            meanY += landmarks.y(MeanHead.landmark(i)) / MeanHead.COUNT;
        }
        for (int i = 0; i < MeanHead.COUNT; i++) {
            seen[2 * i] = landmarks.x(MeanHead.landmark(i)) - meanX;
            // Pictures count down, the model up.
            seen[2 * i + 1] = meanY - landmarks.y(MeanHead.landmark(i));
        }
    }

    static Optional<HeadPoseFit> of(FaceLandmarks landmarks) {
        HeadPoseFit fit = new HeadPoseFit(landmarks);
        return fit.start() && fit.refine() ? Optional.of(fit) : Optional.empty();
    }

    HeadPose pose() {
        return new HeadPose(
                Math.toDegrees(Math.atan2(rotation[2], rotation[8])),
                Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, -rotation[5])))),
                Math.toDegrees(Math.atan2(rotation[3], rotation[4])),
                misfit());
    }

    /** The linear map from head to picture, made a rotation; false if the points span no plane. */
    private boolean start() {
        double[] across = linearRow(0);
        double[] up = linearRow(1);
        double a = length(across);
        double b = length(up);
        double[] normal = cross(across, up);
        // Points in a spot have no map; points on a line map both rows to the same direction.
        if (!(length(normal) > 1e-6 * (a * a + b * b)) || !(a + b > 1e-9)) {
            return false;
        }
        // The pair of orthogonal unit vectors nearest to both rows, in the plane of the two: turn their bisectors by
        // 45°.
        double[] sum = new double[3];
        double[] difference = new double[3];
        for (int i = 0; i < 3; i++) {
            sum[i] = across[i] / a + up[i] / b;
            difference[i] = across[i] / a - up[i] / b;
        }
        double sumLength = length(sum) * Math.sqrt(2);
        double differenceLength = length(difference) * Math.sqrt(2);
        for (int i = 0; i < 3; i++) {
            rotation[i] = sum[i] / sumLength + difference[i] / differenceLength;
            rotation[3 + i] = sum[i] / sumLength - difference[i] / differenceLength;
            rotation[6 + i] = normal[i] / length(normal);
        }
        scale = (a + b) / 2;
        return true;
    }

    private double[] linearRow(int axis) {
        double[] moments = new double[3];
        for (int i = 0; i < MeanHead.COUNT; i++) {
            for (int k = 0; k < 3; k++) {
                moments[k] += seen[2 * i + axis] * MeanHead.at(i, k);
            }
        }
        return times(NORMAL, moments);
    }

    /** Gauss–Newton on a small turn and a factor of the scale; false if the numbers run away. */
    private boolean refine() {
        for (int step = 0; step < STEPS; step++) {
            double[] change = solve(normalEquations());
            double turn = Math.sqrt(change[0] * change[0] + change[1] * change[1] + change[2] * change[2]);
            if (!Double.isFinite(turn + change[3])) {
                return false;
            }
            // A step past a quarter of a radian leaves what the linearisation tells.
            double damp = Math.min(1, 0.25 / Math.max(turn, 1e-300));
            rotate(change, turn, damp);
            scale *= Math.exp(Math.max(-0.5, Math.min(0.5, damp * change[3])));
            if (turn < SMALL) {
                break;
            }
        }
        return Double.isFinite(scale) && scale > 0;
    }

    /** Four equations with their right side: three parts of a turn and the logarithm of the scale. */
    private double[][] normalEquations() {
        double[][] equations = new double[4][5];
        double[] row = new double[5];
        for (int i = 0; i < MeanHead.COUNT; i++) {
            double x = scale * turned(i, 0);
            double y = scale * turned(i, 3);
            double z = scale * turned(i, 6);
            row[0] = 0;
            row[1] = z;
            row[2] = -y;
            row[3] = x;
            row[4] = seen[2 * i] - x;
            add(equations, row);
            row[0] = -z;
            row[1] = 0;
            row[2] = x;
            row[3] = y;
            row[4] = seen[2 * i + 1] - y;
            add(equations, row);
        }
        return equations;
    }

    private static void add(double[][] equations, double[] row) {
        for (int k = 0; k < 4; k++) {
            for (int l = 0; l < 5; l++) {
                equations[k][l] += row[k] * row[l];
            }
        }
    }

    private double turned(int point, int row) {
        return rotation[row] * MeanHead.at(point, 0)
                + rotation[row + 1] * MeanHead.at(point, 1)
                + rotation[row + 2] * MeanHead.at(point, 2);
    }

    /** Turns further, by Rodrigues' formula, so that the rotation stays one. */
    private void rotate(double[] axisTimesAngle, double turn, double damp) {
        if (turn == 0) {
            return;
        }
        double[] axis = {axisTimesAngle[0] / turn, axisTimesAngle[1] / turn, axisTimesAngle[2] / turn};
        double sine = Math.sin(damp * turn);
        double cosine = Math.cos(damp * turn);
        for (int column = 0; column < 3; column++) {
            double[] vector = {rotation[column], rotation[3 + column], rotation[6 + column]};
            double[] side = cross(axis, vector);
            double along = axis[0] * vector[0] + axis[1] * vector[1] + axis[2] * vector[2];
            for (int row = 0; row < 3; row++) {
                rotation[3 * row + column] = cosine * vector[row] + sine * side[row] + (1 - cosine) * along * axis[row];
            }
        }
    }

    private double misfit() {
        double squares = 0;
        for (int i = 0; i < MeanHead.COUNT; i++) {
            double x = seen[2 * i] - scale * turned(i, 0);
            double y = seen[2 * i + 1] - scale * turned(i, 3);
            squares += x * x + y * y;
        }
        return Math.sqrt(squares / MeanHead.COUNT) / Math.max(eyes, 1e-6);
    }

    /** Gaussian elimination with pivots; infinite or not a number where the equations are singular. */
    private static double[] solve(double[][] equations) {
        int count = equations.length;
        for (int column = 0; column < count; column++) {
            int pivot = column;
            for (int row = column + 1; row < count; row++) {
                if (Math.abs(equations[row][column]) > Math.abs(equations[pivot][column])) {
                    pivot = row;
                }
            }
            double[] swapped = equations[pivot];
            equations[pivot] = equations[column];
            equations[column] = swapped;
            for (int row = 0; row < count; row++) {
                if (row != column) {
                    double factor = equations[row][column] / swapped[column];
                    for (int k = column; k <= count; k++) {
                        equations[row][k] -= factor * swapped[k];
                    }
                }
            }
        }
        double[] solution = new double[count];
        for (int i = 0; i < count; i++) {
            solution[i] = equations[i][count] / equations[i][i];
        }
        return solution;
    }

    /** The inverse of the head's moments, by rows: what turns moments into the least-squares map. */
    private static double[] invertedNormal() {
        double[] m = new double[9];
        for (int i = 0; i < MeanHead.COUNT; i++) {
            for (int k = 0; k < 9; k++) {
                m[k] += MeanHead.at(i, k / 3) * MeanHead.at(i, k % 3);
            }
        }
        double[] first = {m[0], m[3], m[6]};
        double[] second = {m[1], m[4], m[7]};
        double[] third = {m[2], m[5], m[8]};
        double[] ofFirst = cross(second, third);
        double[] ofSecond = cross(third, first);
        double[] ofThird = cross(first, second);
        double determinant = first[0] * ofFirst[0] + first[1] * ofFirst[1] + first[2] * ofFirst[2];
        double[] inverse = new double[9];
        for (int i = 0; i < 3; i++) {
            inverse[i] = ofFirst[i] / determinant;
            inverse[3 + i] = ofSecond[i] / determinant;
            inverse[6 + i] = ofThird[i] / determinant;
        }
        return inverse;
    }

    private static double[] times(double[] matrix, double[] vector) {
        double[] product = new double[3];
        for (int i = 0; i < 9; i++) {
            product[i / 3] += matrix[i] * vector[i % 3];
        }
        return product;
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double length(double[] vector) {
        return Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
    }
}
