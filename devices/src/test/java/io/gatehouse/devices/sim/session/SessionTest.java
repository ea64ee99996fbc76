package io.gatehouse.devices.sim.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkException;
import io.gatehouse.devices.link.LinkState;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.sim.LinkTap;
import io.gatehouse.devices.sim.TapEntry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    private static final String TEXT = """
            gatehouse session 1
            2026-11-25T08:00:00Z out 01 05 00 00 FF 00 8C 3A
            2026-11-25T08:00:00.012Z in 01 05 00
            2026-11-25T08:00:00.015Z in 00 FF 00 8C 3A
            """;

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-25T08:00:00Z");

    @Test
    void writesAndReadsTheSame() {
        Session session = Session.parse(TEXT);
        assertThat(session.text()).isEqualTo(TEXT);
        assertThat(Session.parse(session.text())).isEqualTo(session);
        assertThat(session.bytes(TapEntry.Way.IN)).containsExactly(1, 5, 0, 0, 0xFF, 0, 0x8C, 0x3A);
        assertThat(session.toString()).as("no bytes in logs").isEqualTo("Session[3 entries]");
    }

    @Test
    void readsCommentsBlankLinesLowerCaseAndOtherLineEnds() {
        String other = TEXT.replace("8C 3A", "8c 3a")
                .replace("session 1\n", "session 1\n# a relay board\n\n")
                .replace("\n", "\r\n");
        assertThat(Session.parse(other)).isEqualTo(Session.parse(TEXT));
        assertThat(Session.parse(Session.HEADER).entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-25T08:00:00Z in | line 2: an entry is a time",
                "yesterday in 01 | line 2: 'yesterday' is not a time",
                "2026-11-25T08:00:00Z up 01 | line 2: 'up' is neither 'in' nor 'out'",
                "2026-11-25T08:00:00Z in 1 | line 2: ",
                "2026-11-25T08:00:00Z in 01,02 | line 2: ",
                "2026-11-25T08:00:00Z in 0102 | line 2: ",
            })
    void refusesOtherLinesAndNamesThem(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Session.parse(Session.HEADER + "\n" + line + "\n"))
                .withMessageContaining(message);
    }

    @Test
    void refusesAnotherFormatATimeThatGoesBackAndTooMuch() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Session.parse(""))
                .withMessageContaining("line 1: a recorded session begins with 'gatehouse session 1'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Session.parse(TEXT + "2026-11-25T07:59:59Z in 01\n"))
                .withMessageContaining("line 5: an entry of 2026-11-25T07:59:59Z stands behind one of");
        TapEntry huge = new TapEntry(Instant.EPOCH, TapEntry.Way.IN, new byte[Session.MAX_BYTES + 1]);
        assertThatIllegalArgumentException().isThrownBy(() -> new Session(List.of(huge)));
        Path file = Files.writeString(folder.resolve("no.session"), "no");
        assertThatThrownBy(() -> Session.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no.session, line 1");
    }

    @Test
    void recordsWhatGoesOverALink() throws Exception {
        Path file = folder.resolve("board.session");
        Links links = Links.create();
        try (SessionRecorder recorder = SessionRecorder.create(file);
                Link tapped = LinkTap.on(links.open("mem:a"), () -> now, recorder);
                Link device = links.open("mem:a")) {
            tapped.write(new byte[] {1, 5, 0, 0, (byte) 0xFF, 0, (byte) 0x8C, 0x3A});
            now = now.plusMillis(12);
            device.write(new byte[] {1, 5, 0});
            tapped.read(Duration.ofSeconds(30));
            now = now.plusMillis(3);
            device.write(new byte[] {0, (byte) 0xFF, 0, (byte) 0x8C, 0x3A});
            tapped.read(Duration.ofSeconds(30));
            assertThat(Files.readString(file)).as("at once").isEqualTo(TEXT);
        }
        assertThatThrownBy(() -> SessionRecorder.create(file).close()).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void saysThatNotEverythingWasWrittenDown() throws Exception {
        SessionRecorder recorder = SessionRecorder.create(folder.resolve("cut.session"));
        recorder.close();
        recorder.accept(new TapEntry(Instant.EPOCH, TapEntry.Way.IN, new byte[] {1}));
        assertThatThrownBy(recorder::close).isInstanceOf(IOException.class);
    }

    @Test
    void playsItAgainOnAClockOfItsOwn() throws IOException {
        SessionReplay replay = SessionReplay.of(Session.parse(TEXT));
        assertThat(replay.read(Duration.ofHours(1)))
                .as("it must be written first")
                .isEmpty();
        replay.write(new byte[] {1, 5, 0, 0});
        assertThat(replay.state()).isEqualTo(LinkState.OPEN);
        replay.write(new byte[] {(byte) 0xFF, 0, (byte) 0x8C, 0x3A});
        assertThat(replay.read(Duration.ZERO)).containsExactly(1, 5, 0);
        assertThatIllegalStateException().isThrownBy(replay::requireWhole).withMessageContaining("before entry 3 of 3");
        assertThat(replay.read(Duration.ZERO)).hasSize(5);
        replay.requireWhole();
        assertThat(replay.state()).isEqualTo(LinkState.LOST);
        assertThatThrownBy(() -> replay.read(Duration.ZERO)).isInstanceOf(LinkException.class);
        replay.close();
        assertThat(replay.state()).isEqualTo(LinkState.CLOSED);
    }

    @Test
    void waitsAsLongAsTheRecordingDid() throws IOException {
        SessionReplay replay = SessionReplay.of(Session.parse(TEXT));
        replay.write(new byte[] {1, 5, 0, 0, (byte) 0xFF, 0, (byte) 0x8C, 0x3A});
        long begun = replay.nanoTime();
        assertThat(replay.read(Duration.ofMillis(11))).isEmpty();
        assertThat(replay.read(Duration.ofMillis(11))).hasSize(3);
        assertThat(replay.nanoTime() - begun).isEqualTo(Duration.ofMillis(12).toNanos());
        assertThat(replay.clock().instant()).isEqualTo(Instant.parse("2026-11-25T08:00:00.012Z"));
    }

    @Test
    void refusesWhatWasNotRecorded() {
        SessionReplay replay = SessionReplay.of(Session.parse(TEXT));
        assertThatThrownBy(() -> replay.write(new byte[] {1, 6}))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("entry 1 is not what was written");
        assertThatIllegalStateException().isThrownBy(replay::requireWhole).withMessageContaining("entry 1");
    }
}
