package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of the inner loops against the simplest one there can be, and against each other. */
class KernelsTest {
    private static final long SEED = new SplittableRandom().nextLong();

    static Stream<Kernel> forms() {
        System.out.println("kernels, seed " + SEED);
        return Kernels.all().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void sumsAreThoseOfCodeTimesProbe(Kernel form) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int numbers : new int[] {4, 8, 60, 128, 512}) {
            int[][] rows = new int[numbers / 4][Segment.HALF];
            for (int[] row : rows) {
                Arrays.setAll(row, i -> random.nextInt());
            }
            short[][] probes = new short[4][numbers];
            int[] starts = new int[4];
            Kernel.Sums[] together = new Kernel.Sums[4];
            for (int probe = 0; probe < 4; probe++) {
                int most = 32_767 / (8 * numbers);
                for (int i = 0; i < numbers; i++) {
                    probes[probe][i] = (short) random.nextInt(-most, most + 1);
                }
                starts[probe] = startOf(probes[probe]);
                together[probe] = new Kernel.Sums();
            }
            form.nibbleSums(rows, probes, starts, together);
            for (int probe = 0; probe < 4; probe++) {
                Kernel.Sums alone = new Kernel.Sums();
                form.nibbleSums(rows, probes[probe], starts[probe], alone);
                for (int slot = 0; slot < Segment.HALF; slot++) {
                    assertThat(alone.low[slot]).isEqualTo(sum(rows, probes[probe], slot, 0));
                    assertThat(alone.high[slot]).isEqualTo(sum(rows, probes[probe], slot, 16));
                }
                assertThat(together[probe].low).isEqualTo(alone.low);
                assertThat(together[probe].high).isEqualTo(alone.high);
            }
        }
    }

    private static int startOf(short[] probe) {
        int sum = 0;
        for (short value : probe) {
            sum += value;
        }
        return -8 * sum * 0x10001;
    }

    private static int sum(int[][] rows, short[] probe, int slot, int shift) {
        int sum = 0;
        for (int i = 0; i < probe.length; i++) {
            int code = (rows[i / 4][slot] >>> (shift + 4 * (i % 4))) & 15;
            sum += (code - 8) * probe[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void survivorsAreThoseThatTheBoundKeeps(Kernel form) {
        SplittableRandom random = new SplittableRandom(SEED);
        Factors factors = new Factors();
        int[] sums = new int[Segment.SIZE];
        for (int slot = 0; slot < Segment.SIZE; slot++) {
            factors.put(slot, random.nextDouble(), random.nextFloat(), random.nextDouble() * 0.1);
            sums[slot] = random.nextInt(-300, 300);
        }
        Bound bound = new Bound(1, 1e-5, 0.01, 0.98f, 1.9f, 0.01f, 0.01f, 3.5f);
        float base = bound.base(0.5);
        for (int first : new int[] {0, 512, 700}) {
            for (int count : new int[] {0, 1, 15, 16, 17, 100, 323}) {
                int[] slots = new int[Segment.SIZE + 1];
                int found = form.survivors(sums, first, count, factors, bound, base, slots, 0);
                int[] expected = java.util.stream.IntStream.range(0, count)
                        .filter(i -> !(bound.least(factors, first + i, sums[i], base) > 0))
                        .map(i -> first + i)
                        .toArray();
                assertThat(Arrays.copyOf(slots, found)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void distancesAreTheSameBitForBit(Kernel form) {
        SplittableRandom random = new SplittableRandom(SEED);
        Kernel plain = new PlainKernel();
        for (int dimension = 1; dimension < 140; dimension++) {
            float[] vectors = new float[dimension + 5];
            float[] probe = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                vectors[i + 5] = (float) random.nextGaussian();
                probe[i] = (float) random.nextGaussian();
            }
            assertThat(form.squaredDistance(vectors, 5, probe)).isEqualTo(plain.squaredDistance(vectors, 5, probe));
        }
    }

    @Test
    void bitCountsAreSumsOfCodeTimesProbe() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 500; i++) {
            int[] code = random.ints(64, 0, 16).toArray();
            int[] probe = random.ints(64, -32, 32).toArray();
            int expected = 0;
            long[] planes = new long[4];
            long[] probePlanes = new long[6];
            int[] probeRow = new int[6];
            for (int j = 0; j < 64; j++) {
                expected += code[j] * probe[j];
                for (int plane = 0; plane < 6; plane++) {
                    probePlanes[plane] |= (long) ((probe[j] >> plane) & 1) << j;
                }
                for (int plane = 0; plane < 4; plane++) {
                    planes[plane] |= (long) ((code[j] >> plane) & 1) << j;
                }
            }
            assertThat(BitCounts.sum(planes, 0, probePlanes)).isEqualTo(expected);
            int[] sums = new int[1];
            for (int half = 0; half < 2; half++) {
                for (int plane = 0; plane < 6; plane++) {
                    probeRow[plane] = (int) (probePlanes[plane] >>> (32 * half));
                }
                for (int plane = 0; plane < 4; plane++) {
                    BitCounts.addRow(new int[] {(int) (planes[plane] >>> (32 * half))}, probeRow, 0, plane, sums);
                }
            }
            assertThat(sums[0]).isEqualTo(expected);
        }
    }

    @Test
    void runsInPlainJavaAndSaysSoWhereTheModuleIsMissing() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutModule.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("searching in plain Java: start with --add-modules jdk.incubator.vector")
                .contains("form plain Java, nearest 7");
    }

    /** What a program does that was started without the module. */
    static final class WithoutModule {
        private WithoutModule() {}

        public static void main(String[] arguments) {
            Logger logger = Logger.getLogger(Kernels.class.getName());
            logger.setLevel(Level.FINE);
            java.util.logging.ConsoleHandler console = new java.util.logging.ConsoleHandler();
            console.setLevel(Level.FINE);
            logger.addHandler(console);
            VectorIndex index = VectorIndex.create(IndexOptions.of(3));
            index.add(7, new float[] {1, 2, 3});
            System.out.println("form " + index.form() + ", nearest "
                    + index.search(new float[] {1, 2, 3}, Search.nearest(1))
                            .get(0)
                            .id());
        }
    }
}
