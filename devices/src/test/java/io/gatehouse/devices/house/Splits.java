package io.gatehouse.devices.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Every way in which bytes may arrive in pieces. */
public final class Splits {
    private static final int AT_RANDOM = 200;

    private Splits() {}

    /** What comes of bytes that arrive in these pieces. */
    public interface Parse {
        List<String> of(List<byte[]> pieces) throws IOException;
    }

    /** Checks that the same comes of these bytes in all two and three pieces, byte by byte and in random pieces; gives it. */
    public static List<String> assertSame(byte[] bytes, Parse parse) throws IOException {
        return assertSame(bytes, 1, parse);
    }

    /** The same with three pieces only at every so many bytes, for long frames; two pieces are tried everywhere. */
    public static List<String> assertSame(byte[] bytes, int stride, Parse parse) throws IOException {
        List<String> whole = parse.of(List.of(bytes));
        for (int first = 1; first < bytes.length; first++) {
            assertThat(parse.of(cut(bytes, first))).as("cut at %d", first).isEqualTo(whole);
        }
        for (int first = 1; first < bytes.length; first += stride) {
            for (int second = first + 1; second < bytes.length; second += stride) {
                assertThat(parse.of(cut(bytes, first, second)))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(whole);
            }
        }
        int[] everywhere = new int[Math.max(0, bytes.length - 1)];
        Arrays.setAll(everywhere, i -> i + 1);
        assertThat(parse.of(cut(bytes, everywhere))).as("byte by byte").isEqualTo(whole);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < AT_RANDOM; i++) {
            assertThat(parse.of(atRandom(bytes, random))).as("seed %d", seed).isEqualTo(whole);
        }
        return whole;
    }

    private static List<byte[]> atRandom(byte[] bytes, Random random) {
        int[] cuts =
                random.ints(1 + random.nextInt(8), 0, bytes.length + 1).sorted().toArray();
        return cut(bytes, cuts);
    }

    private static List<byte[]> cut(byte[] bytes, int... at) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int to : at) {
            if (to > from) {
                pieces.add(Arrays.copyOfRange(bytes, from, to));
                from = to;
            }
        }
        if (from < bytes.length) {
            pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
        }
        return pieces;
    }

    /** Pieces of nothing that anybody would send, up to 400 bytes each. */
    public static List<byte[]> noise(Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] piece = new byte[1 + random.nextInt(random.nextBoolean() ? 8 : 400)];
            random.nextBytes(piece);
            pieces.add(piece);
        }
        return pieces;
    }

    /** For loops over noise; the seed is printed. */
    public static Random seeded(String what) {
        long seed = new Random().nextLong();
        System.out.println(what + ", seed " + seed);
        return new Random(seed);
    }
}
