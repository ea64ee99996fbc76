package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.devices.house.PtyPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialLinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Links links = Links.create();

    @Test
    void carriesEveryByteBothWaysOverAPseudoTerminal() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (PtyPair cable = PtyPair.open(folder);
                Link left = links.open("serial:" + cable.left() + "?baud=115200");
                Link right = links.open("serial:" + cable.right() + "?baud=115200")) {
            left.write(all);
            assertThat(readAll(right, all.length)).isEqualTo(all);
            right.write(all);
            assertThat(readAll(left, all.length)).isEqualTo(all);
        }
    }

    @Test
    void noticesAnUnplugAndLeavesNoThread() throws Exception {
        try (PtyPair cable = PtyPair.open(folder)) {
            Link left = links.open("serial:" + cable.left());
            cable.unplug();
            assertThatThrownBy(() -> left.read(LONG))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("was lost");
            assertThat(left.state()).isEqualTo(LinkState.LOST);
            left.close();
            left.close();
            Awaitility.await()
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("gatehouse-link " + left.url())));
        }
    }

    @Test
    void opensAgainAfterClosing() throws Exception {
        try (PtyPair cable = PtyPair.open(folder)) {
            String url = "serial:" + cable.left();
            links.open(url).close();
            try (Link again = links.open(url)) {
                assertThat(again.state()).isEqualTo(LinkState.OPEN);
            }
        }
    }

    @Test
    void saysThatThereIsNoSuchDevice() {
        assertThatThrownBy(() -> links.open("serial:/dev/gatehouse-not-there"))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("there is no device /dev/gatehouse-not-there");
    }

    private static byte[] readAll(Link link, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < length) {
            byte[] bytes = link.read(LONG);
            assertThat(bytes).isNotEmpty();
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
