package io.gatehouse.policy.watch;

/** The last so many times of something, in order. Not thread-safe. */
final class RecentTimes {
    private static final int FIRST_ROOM = 4;

    private final int most;
    private long[] times;
    private int size;
    private int oldest;

    RecentTimes(int most) {
        this.most = most;
        this.times = new long[Math.min(most, FIRST_ROOM)];
    }

    /** Adds a time that is not before the others, and says whether so many are later than {@code after}. */
    boolean fills(long time, long after) {
        if (size == times.length && size < most) {
            grow();
        }
        if (size < times.length) {
            times[(oldest + size) % times.length] = time;
            size++;
        } else {
            times[oldest] = time;
            oldest = (oldest + 1) % times.length;
        }
        return size == most && times[oldest] > after;
    }

    private void grow() {
        long[] more = new long[Math.min(most, times.length * 2)];
        for (int i = 0; i < size; i++) {
            more[i] = times[(oldest + i) % times.length];
        }
        times = more;
        oldest = 0;
    }
}
