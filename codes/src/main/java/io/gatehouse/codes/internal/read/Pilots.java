package io.gatehouse.codes.internal.read;

import com.google.zxing.qrcode.decoder.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * The modules of a version whose colour is known beforehand: finder patterns with separators, timing and alignment
 * patterns (ISO/IEC 18004, 6.3). Immutable.
 */
final class Pilots {
    private static final int FINDER = 8;

    private final int size;
    private final byte[] known;
    private final List<int[]> modules = new ArrayList<>();

    private int finderModules;

    private Pilots(int size) {
        this.size = size;
        this.known = new byte[size * size];
    }

    static Pilots of(Version version) {
        Pilots pilots = new Pilots(version.getDimensionForVersion());
        pilots.finder(0, 0);
        pilots.finder(pilots.size - 7, 0);
        pilots.finder(0, pilots.size - 7);
        pilots.finderModules = pilots.modules.size();
        for (int i = FINDER; i < pilots.size - FINDER; i++) {
            pilots.set(i, 6, i % 2 == 0);
            pilots.set(6, i, i % 2 == 0);
        }
        int[] centres = version.getAlignmentPatternCenters();
        for (int x : centres) {
            for (int y : centres) {
                boolean taken = (x < FINDER && y < FINDER)
                        || (x < FINDER && y >= pilots.size - FINDER)
                        || (y < FINDER && x >= pilots.size - FINDER);
                if (!taken) {
                    pilots.alignment(x, y);
                }
            }
        }
        pilots.set(FINDER, pilots.size - FINDER, true);
        return pilots;
    }

    private void finder(int left, int top) {
        for (int y = -1; y <= 7; y++) {
            for (int x = -1; x <= 7; x++) {
                int ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
                set(left + x, top + y, ring != 2 && ring != 4);
            }
        }
    }

    private void alignment(int centreX, int centreY) {
        for (int y = -2; y <= 2; y++) {
            for (int x = -2; x <= 2; x++) {
                set(centreX + x, centreY + y, Math.max(Math.abs(x), Math.abs(y)) != 1);
            }
        }
    }

    private void set(int x, int y, boolean dark) {
        if (x < 0 || y < 0 || x >= size || y >= size) {
            return;
        }
        if (known[y * size + x] == 0) {
            modules.add(new int[] {x, y, dark ? -1 : 1});
        }
        known[y * size + x] = (byte) (dark ? -1 : 1);
    }

    /** Column, row, and -1 for dark or 1 for light. */
    List<int[]> modules() {
        return modules;
    }

    /** How many of the modules, the first ones, are the finder patterns'. */
    int finderModules() {
        return finderModules;
    }

    int size() {
        return size;
    }
}
