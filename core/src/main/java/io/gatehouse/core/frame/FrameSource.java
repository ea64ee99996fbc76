package io.gatehouse.core.frame;

import java.io.IOException;
import java.util.Optional;

/** Port to a camera, a folder or a file of frames. Used by one thread at a time unless the implementation says more. */
public interface FrameSource extends AutoCloseable {
    /**
     * The next frame, waiting for it; empty at the end.
     *
     * @throws IOException if the device fails
     */
    Optional<Frame> next() throws IOException;

    @Override
    void close() throws IOException;
}
