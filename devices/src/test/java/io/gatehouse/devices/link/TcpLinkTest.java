package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.awaitility.Awaitility;
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
    void leavesNoThread() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Link link = Links.create().open("tcp:127.0.0.1:" + server.getLocalPort());
            link.close();
            Awaitility.await()
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("gatehouse-link " + link.url())));
        }
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
