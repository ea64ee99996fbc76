package io.gatehouse.core.presence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many came and went in a zone, step by step, for the newest steps; older ones are one sum. Steps are numbered from
 * 1970. Somebody who is recorded late is counted in the step that they moved in, so that the sums always agree with
 * where people are. Not thread-safe.
 */
final class ZoneSeries {
    private final int max;
    private long first;
    private int length;
    private int[] entered = new int[16];
    private int[] left = new int[16];
    private int before;

    ZoneSeries(int max) {
        this.max = max;
    }

    long first() {
        return first;
    }

    /** After the last step that something happened in. */
    long end() {
        return first + length;
    }

    void add(long step, int in, int out) {
        if (length == 0) {
            first = step;
        }
        if (step < first && !makeRoomBefore(step)) {
            before += in - out;
            return;
        }
        if (step >= end()) {
            makeRoomUntil(step);
        }
        int at = (int) (step - first);
        entered[at] += in;
        left[at] += out;
    }

    private boolean makeRoomBefore(long step) {
        if (before != 0 || end() - step > max) {
            return false;
        }
        int shift = (int) (first - step);
        grow(length + shift);
        System.arraycopy(entered, 0, entered, shift, length);
        System.arraycopy(left, 0, left, shift, length);
        Arrays.fill(entered, 0, shift, 0);
        Arrays.fill(left, 0, shift, 0);
        first = step;
        length += shift;
        return true;
    }

    private void makeRoomUntil(long step) {
        if (step - first >= max) {
            // More than needed, so that the rest is not moved at every step.
            forget(Math.min(Math.max(step - first + 1 - max, max / 8), step - first));
        }
        length = (int) (step - first + 1);
        grow(length);
    }

    private void forget(long steps) {
        int gone = (int) Math.min(steps, length);
        for (int at = 0; at < gone; at++) {
            before += entered[at] - left[at];
        }
        System.arraycopy(entered, gone, entered, 0, length - gone);
        System.arraycopy(left, gone, left, 0, length - gone);
        Arrays.fill(entered, length - gone, length, 0);
        Arrays.fill(left, length - gone, length, 0);
        length -= gone;
        first += steps;
    }

    private void grow(int needed) {
        if (needed > entered.length) {
            int capacity = Math.max(needed, Math.min(max, entered.length * 2));
            entered = Arrays.copyOf(entered, capacity);
            left = Arrays.copyOf(left, capacity);
        }
    }

    int entered(long step) {
        return step < first || step >= end() ? 0 : entered[(int) (step - first)];
    }

    int left(long step) {
        return step < first || step >= end() ? 0 : left[(int) (step - first)];
    }

    /** How many were there when this step began. */
    int occupiedBefore(long step) {
        int occupied = before;
        for (int at = 0; at < Math.min(length, step - first); at++) {
            occupied += entered[at] - left[at];
        }
        return occupied;
    }

    /** The sum of how many were there at the end of each of these steps. */
    long sumOccupied(long from, long to) {
        long sum = 0;
        long inside = Math.min(Math.max(to, from), Math.max(from, end()));
        int occupied = occupiedBefore(from);
        for (long step = from; step < inside; step++) {
            occupied += entered(step) - left(step);
            sum += occupied;
        }
        return sum + Math.max(to - inside, 0) * occupied;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(first);
        out.writeInt(before);
        out.writeInt(length);
        for (int at = 0; at < length; at++) {
            out.writeInt(entered[at]);
            out.writeInt(left[at]);
        }
    }

    static ZoneSeries read(DataInputStream in, int max) throws IOException {
        ZoneSeries series = new ZoneSeries(max);
        series.first = in.readLong();
        series.before = in.readInt();
        int length = in.readInt();
        if (length < 0 || length > max || (long) length * 2 * Integer.BYTES > in.available()) {
            throw new IllegalArgumentException(
                    "a snapshot holds a history of " + length + " steps: it was cut or altered");
        }
        series.length = length;
        series.grow(length);
        for (int at = 0; at < length; at++) {
            series.entered[at] = in.readInt();
            series.left[at] = in.readInt();
        }
        return series;
    }
}
