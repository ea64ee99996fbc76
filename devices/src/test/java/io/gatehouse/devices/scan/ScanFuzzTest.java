package io.gatehouse.devices.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.devices.reader.StreamParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever a scanner sends, it is a code or it is not; with the environment variable JAZZER_FUZZ=1 new bytes are looked for. */
class ScanFuzzTest {
    private static final int MOST = 300;

    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyStreamTheSameHoweverItIsSplit(byte[] bytes) throws IOException {
        for (ScanFraming framing : ScanFraming.values()) {
            assertSame(new FramedProtocol(framing, MOST), new FramedProtocol(framing, MOST), bytes);
        }
        assertSame(new SsiProtocol(answer -> {}, MOST), new SsiProtocol(answer -> {}, MOST), bytes);
        SsiPacket.parse(bytes).ifPresent(packet -> assertThat(packet.toBytes()).isEqualTo(bytes));
    }

    private static void assertSame(StreamParser<Frame> one, StreamParser<Frame> other, byte[] bytes)
            throws IOException {
        List<Frame> whole = new ArrayList<>(one.feed(bytes));
        whole.addAll(one.idle());
        int middle = bytes.length / 2;
        List<Frame> parts = new ArrayList<>(other.feed(Arrays.copyOf(bytes, middle)));
        parts.addAll(other.feed(Arrays.copyOfRange(bytes, middle, bytes.length)));
        parts.addAll(other.idle());
        assertThat(parts).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(parts.get(i).payload()).isEqualTo(whole.get(i).payload()).hasSizeLessThanOrEqualTo(MOST);
            assertThat(parts.get(i).wrong()).isEqualTo(whole.get(i).wrong());
        }
    }
}
