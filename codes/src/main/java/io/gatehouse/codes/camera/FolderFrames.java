package io.gatehouse.codes.camera;

import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.frame.FrameLimits;
import io.gatehouse.core.frame.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pictures of a folder, by name, each once, as if a camera had taken them. Files that begin with a dot are left out. For one
 * thread.
 */
public final class FolderFrames implements FrameSource {
    private final FrameDecoder decoder;
    private final FrameLimits limits;
    private final InstantSource clock;
    private Iterator<Path> files;

    private FolderFrames(Iterator<Path> files, FrameDecoder decoder, FrameLimits limits, InstantSource clock) {
        this.files = files;
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * The pictures that are there now.
     *
     * @param limits larger files are not read
     * @param clock  the time of capture is when a picture is read
     * @throws IOException if the folder cannot be listed
     */
    public static FolderFrames open(Path folder, FrameDecoder decoder, FrameLimits limits, InstantSource clock)
            throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> files = listed.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
            return new FolderFrames(files.iterator(), decoder, limits, clock);
        }
    }

    /** @throws IOException that names the file, if it is no picture or larger than may be; the next call goes on after it */
    @Override
    public Optional<Frame> next() throws IOException {
        if (!files.hasNext()) {
            return Optional.empty();
        }
        Path file = files.next();
        if (Files.size(file) > limits.maxBytes()) {
            throw new IOException(
                    file.getFileName() + " has " + Files.size(file) + " bytes, the limit is " + limits.maxBytes());
        }
        FrameDecoder.Decoding decoding = decoder.decode(
                Files.readAllBytes(file), clock.instant(), file.getFileName().toString());
        Optional<Frame> frame = decoding.fold(decoded -> Optional.of(decoded.frame()), refused -> Optional.empty());
        if (frame.isEmpty()) {
            String why =
                    decoding.fold(decoded -> "", refused -> refused.reason().text());
            throw new IOException(why);
        }
        return frame;
    }

    @Override
    public void close() {
        files = List.<Path>of().iterator();
    }
}
