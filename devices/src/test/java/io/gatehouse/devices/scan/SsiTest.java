package io.gatehouse.devices.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SsiTest {
    private static final byte[] ACK = HexFormat.of().parseHex("04d00400ff28");
    private static final byte[] RESEND = HexFormat.of().parseHex("05d1040001ff25");

    private final List<byte[]> answers = new ArrayList<>();
    private final SsiProtocol protocol = new SsiProtocol(answers::add, 600);

    @Test
    void writesTheChecksumsThatAreKnown() {
        assertThat(SsiPacket.ofHost(SsiPacket.ACK).toBytes()).isEqualTo(ACK);
        assertThat(SsiPacket.ofHost(SsiPacket.NAK, SsiPacket.RESEND).toBytes()).isEqualTo(RESEND);
        assertThat(SsiPacket.ofHost(SsiPacket.START_SESSION).toBytes())
                .isEqualTo(HexFormat.of().parseHex("04e40400ff14"));
    }

    @Test
    void readsBackWhatItWritesAndRefusesEveryFlippedBit() {
        SsiPacket packet = data(SsiPacket.CONTINUED, "GH1:ABC");
        byte[] bytes = packet.toBytes();
        assertThat(SsiPacket.parse(bytes)).contains(packet);
        assertThat(packet.toString()).doesNotContain("GH1");
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(SsiPacket.parse(flipped)).as("bit %d", bit).isEmpty();
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(SsiPacket.parse(Arrays.copyOf(bytes, length))).isEmpty();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SsiPacket(256, SsiPacket.Sender.HOST, 0, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> SsiPacket.ofHost(1, new byte[252]));
    }

    @Test
    void acknowledgesACodeAndJoinsOneOfSeveralPackets() throws IOException {
        assertThat(feed(data(0, "one"))).containsExactly("one");
        assertThat(feed(data(SsiPacket.CONTINUED, "a\r"))).isEmpty();
        assertThat(feed(data(SsiPacket.CONTINUED, "b"))).isEmpty();
        assertThat(feed(data(0, "c"))).containsExactly("a\rbc");
        assertThat(answers).hasSize(4).allSatisfy(answer -> assertThat(answer).isEqualTo(ACK));
    }

    @Test
    void asksAgainForWhatWasDamaged() throws IOException {
        byte[] damaged = data(0, "one").toBytes();
        damaged[6] ^= 4;
        assertThat(texts(protocol.feed(damaged))).isEmpty();
        assertThat(answers).hasSize(1).first().isEqualTo(RESEND);
        assertThat(feed(data(0, "one").again())).as("it was never taken").containsExactly("one");
    }

    @Test
    void takesACodeOnceWhoseAcknowledgementWasLost() throws IOException {
        assertThat(feed(data(0, "one"))).containsExactly("one");
        assertThat(feed(data(0, "one").again())).isEmpty();
        assertThat(answers).as("both are acknowledged").hasSize(2);
        assertThat(feed(data(0, "one")))
                .as("shown again it is not marked as sent again")
                .containsExactly("one");
    }

    @Test
    void findsItsWayBackAfterAPause() throws IOException {
        byte[] whole = data(0, "one").toBytes();
        assertThat(texts(protocol.feed(Arrays.copyOf(whole, 5)))).isEmpty();
        assertThat(texts(protocol.idle())).isEmpty();
        assertThat(answers).hasSize(1).first().isEqualTo(RESEND);
        assertThat(feed(data(0, "one").again())).containsExactly("one");
    }

    @Test
    void putsNoCodeTogetherOverALossAndKnowsAPacketThatComesAgainAfterIt() throws IOException {
        assertThat(feed(data(SsiPacket.CONTINUED, "one"))).isEmpty();
        assertThat(texts(protocol.cut())).containsExactly("scan.cut");
        assertThat(feed(data(SsiPacket.CONTINUED, "one").again())).isEmpty();
        assertThat(feed(data(0, "two"))).containsExactly("onetwo");
        assertThat(texts(protocol.cut())).isEmpty();
        assertThat(feed(data(0, "two").again()))
                .as("its acknowledgement was lost")
                .isEmpty();
        assertThat(feed(data(0, "two"))).containsExactly("two");
        assertThat(protocol.feed(new byte[] {5})).isEmpty();
        int before = answers.size();
        assertThat(texts(protocol.cut())).containsExactly("scan.cut");
        assertThat(answers).as("nothing is sent into a lost link").hasSize(before);
    }

    @Test
    void saysThatACodeIsTooLongAndReadsTheNext() throws IOException {
        for (int i = 0; i < 5; i++) {
            feed(data(SsiPacket.CONTINUED, "x".repeat(200)));
        }
        assertThat(feed(data(0, "x"))).containsExactly("scan.too-long");
        assertThat(feed(data(0, "y"))).containsExactly("y");
    }

    @Test
    void isTheSameHoweverTheBytesAreSplitAndNeverFails() throws IOException {
        byte[] stream = data(0, "hello").toBytes();
        for (int first = 0; first <= stream.length; first++) {
            List<Frame> frames = new ArrayList<>(protocol.feed(Arrays.copyOf(stream, first)));
            frames.addAll(protocol.feed(Arrays.copyOfRange(stream, first, stream.length)));
            assertThat(texts(frames)).containsExactly("hello");
        }
        long seed = new SplittableRandom().nextLong();
        System.out.println("SSI bytes at random, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            protocol.feed(bytes);
            if (random.nextInt(10) == 0) {
                protocol.idle();
            }
        }
        protocol.idle();
        assertThat(feed(data(0, "after"))).containsExactly("after");
    }

    private List<String> feed(SsiPacket packet) throws IOException {
        return texts(protocol.feed(packet.toBytes()));
    }

    private static SsiPacket data(int status, String code) {
        return new SsiPacket(
                SsiPacket.DECODE_DATA,
                SsiPacket.Sender.SCANNER,
                status,
                ("\u00f1" + code).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<String> texts(List<Frame> frames) {
        return frames.stream()
                .map(frame -> frame.wrong() == null
                        ? new String(frame.payload(), StandardCharsets.ISO_8859_1)
                        : frame.wrong().code())
                .toList();
    }
}
