package io.gatehouse.codes.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrReader;
import io.gatehouse.codes.symbol.QrReaderOptions;
import io.gatehouse.codes.symbol.QrWriter;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameLimits;
import io.gatehouse.core.frame.FrameSource;
import io.gatehouse.core.frame.ImageIoFrameDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraScannerTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    @Test
    void givesACodeOnceWhileItStaysInView() throws IOException {
        Deque<Frame> frames = new ArrayDeque<>();
        frames.add(frame("A", 0));
        frames.add(frame("A", 2));
        frames.add(frame("A", 4));
        frames.add(frame("B", 5));
        frames.add(frame("A", 6));
        frames.add(frame("A", 9));
        frames.add(frame("A", 1));
        assertThat(read(CameraScanner.create(source(frames), reader(), WINDOW)))
                .as("A stays, B comes, A was out of view for 2 s and then for 3 s, then the clock goes back")
                .containsExactly("A", "", "", "B", "", "A", "A");
    }

    @Test
    void readsAFolderByNameAndGoesOnAfterWhatIsNoPicture() throws IOException {
        Files.write(folder.resolve("1.png"), png("A"));
        Files.writeString(folder.resolve("2.png"), "no picture");
        Files.write(folder.resolve("3.png"), png("B"));
        Files.writeString(folder.resolve(".hidden"), "left out");
        FrameLimits limits = FrameLimits.DEFAULT;
        try (CameraScanner scanner = CameraScanner.create(
                FolderFrames.open(folder, ImageIoFrameDecoder.create(limits), limits, () -> NOON), reader(), WINDOW)) {
            assertThat(scanner.next().orElseThrow())
                    .extracting(CodeEvidence::text)
                    .containsExactly("A");
            assertThatThrownBy(scanner::next).isInstanceOf(IOException.class).hasMessageContaining("2.png");
            assertThat(scanner.next().orElseThrow())
                    .extracting(CodeEvidence::source)
                    .containsExactly("3.png");
            assertThat(scanner.next()).isEmpty();
        }
        FrameLimits small = new FrameLimits(10, 1_000, 1);
        try (FolderFrames frames = FolderFrames.open(folder, ImageIoFrameDecoder.create(small), small, () -> NOON)) {
            assertThatThrownBy(frames::next).hasMessageContaining("the limit is 10");
        }
        assertThatThrownBy(() -> FolderFrames.open(
                        folder.resolve("none"), ImageIoFrameDecoder.create(limits), limits, () -> NOON))
                .isInstanceOf(IOException.class);
    }

    @Test
    void readsAVideoWithItsOwnTimes() throws IOException {
        Path file = folder.resolve("gate.avi");
        write(file, List.of("A", "A", "A", "B", "B"));
        List<CodeEvidence> codes = new ArrayList<>();
        try (CameraScanner scanner = CameraScanner.create(VideoFrames.ofFile(file, () -> NOON), reader(), WINDOW)) {
            for (Optional<List<CodeEvidence>> next = scanner.next(); next.isPresent(); next = scanner.next()) {
                codes.addAll(next.get());
            }
        }
        assertThat(codes).extracting(CodeEvidence::text).containsExactly("A", "B");
        assertThat(codes.get(0).capturedAt()).isEqualTo(NOON);
        assertThat(codes.get(1).capturedAt()).isBetween(NOON.plusMillis(400), NOON.plusMillis(800));
        assertThat(codes.get(0).source()).isEqualTo("gate.avi");
    }

    @Test
    void saysWhatCannotBeOpenedAndClosesTwice() throws IOException {
        Path none = folder.resolve("none.avi");
        assertThatThrownBy(() -> VideoFrames.ofFile(none, () -> NOON)).hasMessageContaining("cannot be read");
        Path text = Files.writeString(folder.resolve("text.avi"), "no video");
        assertThatThrownBy(() -> VideoFrames.ofFile(text, () -> NOON)).hasMessageContaining("is no video");
        assertThatThrownBy(() -> VideoFrames.ofCamera(97, () -> NOON))
                .hasMessageContaining("camera 97 cannot be opened");
        assertThatIllegalArgumentException().isThrownBy(() -> VideoFrames.ofCamera(-1, () -> NOON));
        Path file = folder.resolve("one.avi");
        write(file, List.of("A"));
        VideoFrames frames = VideoFrames.ofFile(file, () -> NOON);
        frames.close();
        frames.close();
        assertThatThrownBy(frames::next).hasMessageContaining("closed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CameraScanner.create(source(new ArrayDeque<>()), reader(), Duration.ofSeconds(-1)));
    }

    private static List<String> read(CameraScanner scanner) throws IOException {
        List<String> read = new ArrayList<>();
        for (Optional<List<CodeEvidence>> next = scanner.next(); next.isPresent(); next = scanner.next()) {
            read.add(
                    String.join("+", next.get().stream().map(CodeEvidence::text).toList()));
        }
        return read;
    }

    private static QrReader reader() {
        return QrReader.create(QrReaderOptions.DEFAULT);
    }

    private static Frame frame(String text, int seconds) {
        return QrWriter.create(QrOptions.DEFAULT).write(text).toFrame(NOON.plusSeconds(seconds), "camera");
    }

    private static byte[] png(String text) {
        return QrWriter.create(QrOptions.DEFAULT).write(text).toPng();
    }

    private static FrameSource source(Deque<Frame> frames) {
        return new FrameSource() {
            @Override
            public Optional<Frame> next() {
                return Optional.ofNullable(frames.poll());
            }

            @Override
            public void close() {
                frames.clear();
            }
        };
    }

    /** Five frames a second, motion JPEG. */
    private static void write(Path file, List<String> texts) {
        Frame first = frame(texts.get(0), 0);
        try (Size size = new Size(first.width(), first.height());
                VideoWriter writer = new VideoWriter(
                        file.toString(), VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G'), 5, size)) {
            assertThat(writer.isOpened()).isTrue();
            for (String text : texts) {
                Frame frame = frame(text, 0);
                try (BytePointer data = new BytePointer(frame.toBgr());
                        Mat mat = new Mat(frame.height(), frame.width(), opencv_core.CV_8UC3, data)) {
                    writer.write(mat);
                }
            }
            writer.release();
        }
    }
}
