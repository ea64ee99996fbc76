package io.gatehouse.devices.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.outbox.Backoff;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkException;
import io.gatehouse.devices.link.LinkState;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.link.ReopeningLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FaultyLinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, 8};

    private final Links links = Links.create();
    private final Random random = new Random(5);
    private long nanos;

    private FaultyLink faulty(FaultPlan plan) throws IOException {
        return FaultyLink.on(links.open("mem:a"), plan, random, () -> nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** What is there now, piece by piece. */
    private static List<byte[]> pieces(Link link) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        for (byte[] piece = link.read(Duration.ZERO); piece.length > 0; piece = link.read(Duration.ZERO)) {
            pieces.add(piece);
        }
        return pieces;
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Test
    void isTheLinkItselfWithoutFaults() throws IOException {
        try (FaultyLink link = faulty(FaultPlan.none());
                Link device = links.open("mem:a")) {
            link.write(BYTES);
            device.write(BYTES);
            assertThat(device.read(LONG)).isEqualTo(BYTES);
            assertThat(link.read(LONG)).isEqualTo(BYTES);
            assertThat(link.read(Duration.ZERO)).isEmpty();
            assertThat(link.happened()).isEmpty();
            assertThat(link.state()).isEqualTo(LinkState.OPEN);
        }
    }

    @Test
    void drops() throws IOException {
        try (FaultyLink link = faulty(FaultPlan.none().with(LinkFault.DROP, 1));
                Link device = links.open("mem:a")) {
            device.write(BYTES);
            assertThat(joined(pieces(link))).hasSizeLessThan(BYTES.length);
            link.write(BYTES);
            assertThat(joined(pieces(device))).hasSizeLessThan(BYTES.length);
            assertThat(link.happened()).isEqualTo(Map.of(LinkFault.DROP, 2));
        }
    }

    @Test
    void corruptsOneBit() throws IOException {
        try (FaultyLink link = faulty(FaultPlan.none().withIn(LinkFault.CORRUPT, 1));
                Link device = links.open("mem:a")) {
            for (int i = 0; i < 100; i++) {
                device.write(BYTES);
                byte[] heard = link.read(LONG);
                int different = 0;
                for (int j = 0; j < BYTES.length; j++) {
                    different += Integer.bitCount((heard[j] ^ BYTES[j]) & 0xFF);
                }
                assertThat(different).isEqualTo(1);
            }
        }
    }

    @Test
    void duplicatesSplitsAndJoins() throws IOException {
        try (FaultyLink link = faulty(FaultPlan.none().withIn(LinkFault.DUPLICATE, 1));
                Link device = links.open("mem:a")) {
            device.write(BYTES);
            assertThat(pieces(link)).containsExactly(BYTES, BYTES);
        }
        try (FaultyLink link = faulty(FaultPlan.none().with(LinkFault.SPLIT, 1));
                Link device = links.open("mem:a")) {
            device.write(BYTES);
            List<byte[]> pieces = pieces(link);
            assertThat(pieces).hasSize(2);
            assertThat(joined(pieces)).isEqualTo(BYTES);
        }
        try (FaultyLink link = faulty(FaultPlan.none().withIn(LinkFault.JOIN, 1));
                Link device = links.open("mem:a")) {
            device.write(new byte[] {1});
            assertThat(pieces(link)).isEmpty();
            device.write(new byte[] {2});
            assertThat(pieces(link)).isEmpty();
            pass(Duration.ofMillis(20));
            assertThat(pieces(link)).containsExactly(new byte[] {1, 2});
        }
    }

    @Test
    void delaysAndStallsInOrder() throws IOException {
        FaultPlan plan = FaultPlan.none().with(LinkFault.DELAY, 1);
        try (FaultyLink link = faulty(plan);
                Link device = links.open("mem:a")) {
            device.write(new byte[] {1});
            link.write(new byte[] {9});
            assertThat(pieces(link)).isEmpty();
            assertThat(pieces(device)).isEmpty();
            pass(Duration.ofMillis(20));
            assertThat(pieces(link)).containsExactly(new byte[] {1});
            assertThat(pieces(device)).containsExactly(new byte[] {9});
        }
        try (FaultyLink link = faulty(FaultPlan.none().withIn(LinkFault.STALL, 1));
                Link device = links.open("mem:a")) {
            device.write(new byte[] {1});
            assertThat(pieces(link)).isEmpty();
            pass(Duration.ofMillis(199));
            assertThat(pieces(link)).isEmpty();
            pass(Duration.ofMillis(1));
            assertThat(pieces(link)).containsExactly(new byte[] {1});
            link.stall();
            link.write(new byte[] {2});
            assertThat(pieces(device)).isEmpty();
            link.resume();
            assertThat(pieces(link)).isEmpty();
            assertThat(pieces(device)).containsExactly(new byte[] {2});
        }
    }

    @Test
    void isLostWhenItIsUnpluggedByChanceOrByHand() throws IOException {
        FaultyLink link = faulty(FaultPlan.none().withOut(LinkFault.UNPLUG, 1));
        List<String> seen = new ArrayList<>();
        link.observe(change -> seen.add(change.from() + ">" + change.to()));
        assertThatThrownBy(() -> link.write(BYTES)).isInstanceOf(LinkException.class);
        assertThat(link.state()).isEqualTo(LinkState.LOST);
        assertThatThrownBy(() -> link.read(LONG)).hasMessageContaining("pulled the cable");
        assertThat(seen).containsExactly("OPEN>LOST");
        link.close();
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);

        FaultyLink hearing = faulty(FaultPlan.none().withIn(LinkFault.UNPLUG, 1));
        links.open("mem:a").write(BYTES);
        assertThatThrownBy(() -> hearing.read(LONG)).isInstanceOf(LinkException.class);
        hearing.close();
    }

    @Test
    @DisplayName("ATT-19 a link that reopens comes back after its cable was pulled")
    void reopensAfterAnUnplug() throws Exception {
        ManualScheduler scheduler = new ManualScheduler();
        List<FaultyLink> opened = new ArrayList<>();
        try (ReopeningLink link = ReopeningLink.builder(
                        "faulty",
                        () -> {
                            FaultyLink it = faulty(FaultPlan.none());
                            opened.add(it);
                            return it;
                        },
                        scheduler)
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)))
                .open()) {
            assertThat(link.awaitOpen(LONG)).isTrue();
            opened.get(0).unplug();
            Awaitility.await().until(() -> link.state() == LinkState.BACKING_OFF);
            scheduler.advance(Duration.ofSeconds(1));
            assertThat(link.awaitOpen(LONG)).isTrue();
            assertThat(opened).hasSize(2);
        }
    }

    @Test
    void doesTheSameFromTheSameSeed() throws IOException {
        FaultPlan plan = FaultPlan.none()
                .with(LinkFault.DROP, 0.3)
                .with(LinkFault.CORRUPT, 0.3)
                .with(LinkFault.DUPLICATE, 0.3)
                .with(LinkFault.SPLIT, 0.3)
                .with(LinkFault.JOIN, 0.3)
                .with(LinkFault.DELAY, 0.3);
        assertThat(heard(plan, 11)).isEqualTo(heard(plan, 11)).isNotEqualTo(heard(plan, 12));
    }

    private List<String> heard(FaultPlan plan, long seed) throws IOException {
        List<String> heard = new ArrayList<>();
        try (FaultyLink link = FaultyLink.on(links.open("mem:b"), plan, new Random(seed), () -> nanos);
                Link device = links.open("mem:b")) {
            for (int i = 0; i < 50; i++) {
                device.write(BYTES);
                pieces(link).forEach(piece -> heard.add(Arrays.toString(piece)));
                pass(Duration.ofMillis(10));
            }
        }
        return heard;
    }

    @Test
    void refusesPlansThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> FaultPlan.none().with(LinkFault.DROP, 1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultPlan.none().with(LinkFault.DROP, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultPlan.none().withTimes(Duration.ofMillis(-1), Duration.ZERO));
    }
}
