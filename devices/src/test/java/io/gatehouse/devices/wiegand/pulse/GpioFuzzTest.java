package io.gatehouse.devices.wiegand.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever a line source prints is an edge or not, and any edges are a frame, a fault or nothing; JAZZER_FUZZ=1 looks for new ones. */
class GpioFuzzTest {
    private static final int MOST_EDGES = 2_000;

    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyLinesAndAnyEdges(byte[] bytes) {
        GpioLineCodec codec = new GpioLineCodec(17, 18);
        PulseDecoder decoder = PulseDecoder.create(PulseTiming.standard());
        List<PulseFrame> frames = new ArrayList<>();
        long edges = 0;
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", MOST_EDGES)) {
            Optional<Edge> edge = codec.decode(line);
            if (edge.isPresent()) {
                edges++;
                decoder.feed(edge.get()).ifPresent(frames::add);
            }
        }
        decoder.silence(PulseTiming.standard().frameGap().toNanos()).ifPresent(frames::add);
        long bits = frames.stream()
                .mapToLong(frame -> frame.<Integer>fold(whole -> whole.bits().length(), faulty -> 0))
                .sum();
        assertThat(bits).as("no bit without an edge").isLessThanOrEqualTo(edges);
    }
}
