package io.gatehouse.devices.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramedProtocolTest {
    private static final int MOST = 20;

    @Test
    void cutsAtEachEnd() {
        assertThat(feed(ScanFraming.CR, "GH1:A\rGH1:B\r\r")).containsExactly("GH1:A", "GH1:B");
        assertThat(feed(ScanFraming.LF, "GH1:A\nB\rC\n")).containsExactly("GH1:A", "B\rC");
        assertThat(feed(ScanFraming.CRLF, "A\rB\nC\r\nD\r\r\n")).containsExactly("A\rB\nC", "D\r");
        assertThat(feed(ScanFraming.STX_ETX, "junk\u0002A\rB\u0003between\u0002C\u0003"))
                .containsExactly("A\rB", "C");
        assertThat(feed(ScanFraming.IDLE_GAP, "A\rB\nC")).containsExactly("A\rB\nC");
    }

    @Test
    void saysWhatWasCutAndGoesOn() {
        assertThat(feed(ScanFraming.CR, "half")).containsExactly("scan.cut");
        assertThat(feed(ScanFraming.CRLF, "half\r")).containsExactly("scan.cut");
        assertThat(feed(ScanFraming.STX_ETX, "\u0002half\u0002whole\u0003")).containsExactly("scan.cut", "whole");
        assertThat(feed(ScanFraming.STX_ETX, "\u0002")).containsExactly("scan.cut");
        assertThat(feed(ScanFraming.STX_ETX, "A\r")).as("nothing begun").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void saysOnceThatACodeIsTooLongAndReadsTheNext(ScanFraming framing) {
        FramedProtocol protocol = new FramedProtocol(framing, MOST);
        List<Frame> frames = new ArrayList<>(protocol.feed(framed(framing, "x".repeat(1_000_000))));
        frames.addAll(protocol.idle());
        frames.addAll(protocol.feed(framed(framing, "y".repeat(MOST))));
        frames.addAll(protocol.idle());
        assertThat(texts(frames)).containsExactly("scan.too-long", "y".repeat(MOST));
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameHoweverTheBytesAreSplit(ScanFraming framing) {
        byte[] stream = concat(
                framed(framing, "GH1:AB"),
                framed(framing, "C\tD"),
                framed(framing, "z".repeat(30)),
                framed(framing, "E"));
        List<String> whole = split(framing, stream);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                assertThat(split(framing, stream, first, second)).isEqualTo(whole);
            }
        }
        int[] each = new int[stream.length];
        Arrays.setAll(each, i -> i);
        assertThat(split(framing, stream, each)).isEqualTo(whole);
    }

    @ParameterizedTest
    @EnumSource
    void neverFailsNorGivesMoreThanTheCapWhateverTheBytes(ScanFraming framing) {
        long seed = new SplittableRandom().nextLong();
        System.out.println("bytes at random, " + framing + ", seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        FramedProtocol protocol = new FramedProtocol(framing, MOST);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (random.nextBoolean() ? random.nextInt(16) : random.nextInt(256));
            }
            List<Frame> frames = random.nextInt(20) == 0 ? protocol.idle() : protocol.feed(bytes);
            assertThat(frames)
                    .allSatisfy(
                            frame -> assertThat(frame.payload().length).isBetween(frame.wrong() == null ? 1 : 0, MOST));
        }
    }

    private static List<String> feed(ScanFraming framing, String text) {
        FramedProtocol protocol = new FramedProtocol(framing, MOST);
        List<Frame> frames = new ArrayList<>(protocol.feed(text.getBytes(StandardCharsets.ISO_8859_1)));
        frames.addAll(protocol.idle());
        return texts(frames);
    }

    private static List<String> split(ScanFraming framing, byte[] stream, int... places) {
        FramedProtocol protocol = new FramedProtocol(framing, MOST);
        List<Frame> frames = new ArrayList<>();
        int from = 0;
        for (int place : places) {
            frames.addAll(protocol.feed(Arrays.copyOfRange(stream, from, place)));
            from = place;
        }
        frames.addAll(protocol.feed(Arrays.copyOfRange(stream, from, stream.length)));
        frames.addAll(protocol.idle());
        return texts(frames);
    }

    private static List<String> texts(List<Frame> frames) {
        return frames.stream()
                .map(frame -> frame.wrong() == null
                        ? new String(frame.payload(), StandardCharsets.ISO_8859_1)
                        : frame.wrong().code())
                .toList();
    }

    static byte[] framed(ScanFraming framing, String code) {
        String text = switch (framing) {
            case CR -> code + "\r";
            case LF -> code + "\n";
            case CRLF -> code + "\r\n";
            case STX_ETX -> "\u0002" + code + "\u0003";
            case IDLE_GAP -> code;
        };
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
