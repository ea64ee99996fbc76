package io.gatehouse.biometrics.face.track;

import java.util.Arrays;

/**
 * Pairs rows with columns so that the gains of the pairs add up to the most; a gain of zero is no pair. The Hungarian
 * method (Kuhn, 1955; Munkres, 1957) with shortest augmenting paths, in n²·m steps. Pairing the best first can leave two
 * people who cross with each other's tracks.
 */
final class Assignment {
    private final double[][] gains;
    private final int rows;
    private final int columns;
    // Prices that make the gains comparable, from 1; what each column is paired with; and the way back.
    private final double[] rowPrice;
    private final double[] columnPrice;
    private final int[] rowOf;
    private final int[] before;

    private Assignment(double[][] gains, int rows, int columns) {
        this.gains = gains;
        this.rows = rows;
        this.columns = columns;
        this.rowPrice = new double[rows + 1];
        this.columnPrice = new double[columns + 1];
        this.rowOf = new int[columns + 1];
        this.before = new int[columns + 1];
    }

    /** For each row its column, or −1. */
    static int[] best(double[][] gains) {
        int rows = gains.length;
        int columns = rows == 0 ? 0 : gains[0].length;
        if (rows > columns) {
            int[] turned = best(transposed(gains, columns));
            int[] answer = new int[rows];
            Arrays.fill(answer, -1);
            for (int column = 0; column < columns; column++) {
                if (turned[column] >= 0) {
                    answer[turned[column]] = column;
                }
            }
            return answer;
        }
        Assignment assignment = new Assignment(gains, rows, columns);
        for (int row = 1; row <= rows; row++) {
            assignment.place(row);
        }
        return assignment.pairs();
    }

    private static double[][] transposed(double[][] gains, int columns) {
        double[][] turned = new double[columns][gains.length];
        for (int row = 0; row < gains.length; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column][row] = gains[row][column];
            }
        }
        return turned;
    }

    /** Finds room for one more row along the cheapest path of changes. */
    private void place(int row) {
        double[] least = new double[columns + 1];
        boolean[] used = new boolean[columns + 1];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        rowOf[0] = row;
        int column = 0;
        do {
            used[column] = true;
            column = nearest(column, least, used);
        } while (rowOf[column] != 0);
        while (column != 0) {
            int previous = before[column];
            rowOf[column] = rowOf[previous];
            column = previous;
        }
    }

    private int nearest(int from, double[] least, boolean[] used) {
        int row = rowOf[from];
        int nearest = 0;
        double step = Double.POSITIVE_INFINITY;
        for (int column = 1; column <= columns; column++) {
            if (!used[column]) {
                double cost = -gains[row - 1][column - 1] - rowPrice[row] - columnPrice[column];
                if (cost < least[column]) {
                    least[column] = cost;
                    before[column] = from;
                }
                if (least[column] < step) {
                    step = least[column];
                    nearest = column;
                }
            }
        }
        for (int column = 0; column <= columns; column++) {
            if (used[column]) {
                rowPrice[rowOf[column]] += step;
                columnPrice[column] -= step;
            } else {
                least[column] -= step;
            }
        }
        return nearest;
    }

    private int[] pairs() {
        int[] answer = new int[rows];
        Arrays.fill(answer, -1);
        for (int column = 1; column <= columns; column++) {
            int row = rowOf[column] - 1;
            if (row >= 0 && gains[row][column - 1] > 0) {
                answer[row] = column - 1;
            }
        }
        return answer;
    }
}
