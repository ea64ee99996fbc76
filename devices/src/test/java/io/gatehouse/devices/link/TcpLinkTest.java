package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.outbox.Backoff;
import io.gatehouse.devices.house.Leftovers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TcpLinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void carriesBytesAndIsLostWhenTheOtherSideHangsUp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Link link = Links.create().open("tcp:127.0.0.1:" + server.getLocalPort())) {
            try (Socket accepted = server.accept()) {
                link.write(new byte[] {1, 2, 3});
                assertThat(accepted.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
                accepted.getOutputStream().write(4);
                assertThat(link.read(LONG)).containsExactly(4);
            }
            assertThatThrownBy(() -> link.read(LONG)).isInstanceOf(LinkException.class);
            assertThat(link.state()).isEqualTo(LinkState.LOST);
        }
    }

    @Test
    @DisplayName("closes in under a second under a blocked read (the quickest of five), and leaves nothing")
    void closesPromptlyUnderABlockedReadAndLeavesNothing() throws Exception {
        Leftovers before = Leftovers.now();
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            assertThat(ClosingTime.quickestUnderARead(
                            () -> Links.create().open("tcp:127.0.0.1:" + server.getLocalPort())))
                    .isLessThan(Duration.ofSeconds(1));
        }
        before.awaitNone();
    }

    @Test
    @DisplayName("ATT-19 a device that takes no bytes is lost, not waited for")
    void givesUpADeviceThatTakesNoBytes() throws Exception {
        Leftovers before = Leftovers.now();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Link link = Links.create().open("tcp:127.0.0.1:" + server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThatThrownBy(() -> ClosingTime.writeUntilItFails(link).join())
                    .hasCauseInstanceOf(LinkException.class);
            assertThat(accepted.isClosed()).isFalse();
            Awaitility.await().until(() -> link.state() == LinkState.LOST);
        }
        before.awaitNone();
    }

    @Test
    @DisplayName("ATT-19 a command that was abandoned does not arrive when the network is back")
    void sendsNothingThatWasAbandoned() throws Exception {
        Leftovers before = Leftovers.now();
        byte[] command = {0x55, 0x55};
        try (ServerSocket server = new ServerSocket()) {
            // So little room that nearly all of it waits on our side, as it does while a network is down.
            server.setReceiveBufferSize(4_096);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Link link = Links.create().open("tcp:127.0.0.1:" + server.getLocalPort());
                    Socket accepted = server.accept()) {
                link.write(new byte[300_000]);
                link.write(command);
                link.abandonWrites();
                assertThat(link.state()).isEqualTo(LinkState.LOST);
                assertThat(readUntilItEnds(accepted)).doesNotContain(0x55).hasSizeLessThan(300_000);
            }
        }
        before.awaitNone();
    }

    private static byte[] readUntilItEnds(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[4_096];
        try {
            for (int count = socket.getInputStream().read(buffer);
                    count >= 0;
                    count = socket.getInputStream().read(buffer)) {
                all.write(buffer, 0, count);
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return all.toByteArray();
    }

    @Test
    void stopsConnectingWhenInterrupted() {
        Leftovers before = Leftovers.now();
        Thread.currentThread().interrupt();
        // Nobody answers there (TEST-NET-1), or the network says so at once.
        assertThatThrownBy(() -> Links.create().open("tcp:192.0.2.1:9?connectMillis=60000"))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("could not be connected");
        assertThat(Thread.interrupted()).isTrue();
        before.awaitNone();
    }

    @Test
    void isNotLostWhenAnInterruptedThreadWrites() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Link link = Links.create().open("tcp:127.0.0.1:" + server.getLocalPort());
                Socket accepted = server.accept()) {
            Thread.currentThread().interrupt();
            link.write(new byte[] {1});
            assertThat(Thread.interrupted()).isTrue();
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
            assertThat(link.state()).isEqualTo(LinkState.OPEN);
        }
    }

    @Test
    @DisplayName("ATT-19 connects again when the device is back")
    void connectsAgainWhenTheDeviceIsBack() throws Exception {
        Leftovers before = Leftovers.now();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ReopeningLink link = ReopeningLink.builder(
                                Links.create(), "tcp:127.0.0.1:" + server.getLocalPort(), scheduler)
                        .backoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(50)))
                        .open()) {
            for (int i = 1; i <= 3; i++) {
                try (Socket accepted = server.accept()) {
                    accepted.getOutputStream().write(i);
                    assertThat(link.read(LONG)).containsExactly(i);
                }
                assertThatThrownBy(() -> link.read(LONG)).hasMessageContaining("was lost and opens again");
            }
        } finally {
            scheduler.shutdownNow();
        }
        before.awaitNone();
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int free;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = server.getLocalPort();
        }
        assertThatThrownBy(() -> Links.create().open("tcp:127.0.0.1:" + free + "?connectMillis=2000"))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("could not be connected");
    }
}
