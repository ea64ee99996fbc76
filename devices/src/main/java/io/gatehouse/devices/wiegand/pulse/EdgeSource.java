package io.gatehouse.devices.wiegand.pulse;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Port to whatever sees the data lines: {@link GpioMonitor} on Linux, a vendor's own board elsewhere. For one reading thread. */
public interface EdgeSource extends Closeable {
    /**
     * The next edge, in the order of their times.
     *
     * @param patience how long to wait for it
     * @return empty if none came
     * @throws IOException if the lines cannot be seen any more, or this was closed
     */
    Optional<Edge> next(Duration patience) throws IOException;
}
