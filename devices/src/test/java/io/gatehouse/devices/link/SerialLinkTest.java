package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.outbox.Backoff;
import io.gatehouse.devices.house.Leftovers;
import io.gatehouse.devices.house.PtyPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
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
    @DisplayName(
            "ATT-19 opens a re-plugged device again by its stable name, whichever terminal it is now, and leaves nothing")
    void opensAReplugedDeviceAgain() throws Exception {
        Leftovers before = Leftovers.now();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (PtyPair cable = PtyPair.open(folder);
                ReopeningLink left = ReopeningLink.builder(links, "serial:" + cable.leftLink(), scheduler)
                        .backoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(50)))
                        .open()) {
            for (int i = 1; i <= 3; i++) {
                assertThat(left.awaitOpen(LONG)).isTrue();
                try (Link right = links.open("serial:" + cable.rightLink())) {
                    right.write(new byte[] {(byte) i});
                    assertThat(left.read(LONG)).containsExactly(i);
                }
                cable.unplug();
                assertThatThrownBy(() -> left.read(LONG)).hasMessageContaining("was lost and opens again");
                cable.plug();
            }
        } finally {
            scheduler.shutdownNow();
        }
        before.awaitNone();
    }

    @Test
    @DisplayName("closes in under a second under a blocked read (the quickest of five, for the machine may be busy)")
    void closesPromptlyUnderABlockedRead() throws Exception {
        Leftovers before = Leftovers.now();
        try (PtyPair cable = PtyPair.open(folder)) {
            assertThat(ClosingTime.quickestUnderARead(() -> links.open("serial:" + cable.left())))
                    .isLessThan(Duration.ofSeconds(1));
        }
        before.awaitNone();
    }

    @Test
    void closesUnderAWriteThatTheDeviceDoesNotTake() throws Exception {
        Leftovers before = Leftovers.now();
        try (PtyPair cable = PtyPair.open(folder)) {
            cable.freeze();
            Link left = links.open("serial:" + cable.left());
            CompletableFuture<Void> writing = ClosingTime.writeUntilItFails(left);
            left.close();
            assertThatThrownBy(writing::join).hasCauseInstanceOf(LinkException.class);
        }
        before.awaitNone();
    }

    @Test
    @DisplayName("ATT-19 a device that takes no bytes is lost, not waited for, and what it did not take is discarded")
    void givesUpADeviceThatTakesNoBytes() throws Exception {
        Leftovers before = Leftovers.now();
        try (PtyPair cable = PtyPair.open(folder);
                Link left = links.open("serial:" + cable.left())) {
            cable.freeze();
            assertThatThrownBy(() -> ClosingTime.writeUntilItFails(left).join())
                    .hasCauseInstanceOf(LinkException.class);
            Awaitility.await().until(() -> left.state() == LinkState.LOST);
        }
        before.awaitNone();
    }

    @Test
    void namesTheOwningGroupToWhoMayNotUseTheDevice() throws Exception {
        Path device = Files.createFile(folder.resolve("ttyFAKE"));
        String group =
                Files.readAttributes(device, PosixFileAttributes.class).group().getName();
        assertThat(SerialDevice.at(device.toString()).whyNot(false))
                .contains("may not use " + device, "belongs to group " + group + ": add the account");
        assertThatThrownBy(() -> links.open("serial:" + device))
                .as("a file that is no device")
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("could not be opened");
    }

    @Test
    void noticesThatAnotherDeviceIsAtThePathNow() throws Exception {
        Path device = Files.createFile(folder.resolve("ttyFAKE"));
        SerialDevice was = SerialDevice.at(device.toString());
        assertThat(was.isGone()).isFalse();
        Path other = Files.createFile(folder.resolve("other"));
        Files.move(other, device, StandardCopyOption.REPLACE_EXISTING);
        assertThat(was.isGone()).isTrue();
        Files.delete(device);
        assertThat(was.isGone()).isTrue();
        assertThat(SerialDevice.at("COM3").isGone()).as("no file").isFalse();
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
