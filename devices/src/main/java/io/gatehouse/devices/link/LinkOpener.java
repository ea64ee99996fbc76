package io.gatehouse.devices.link;

import java.io.IOException;

/**
 * Port to whatever opens a link: {@code () -> links.open(url)}, or the same with something put round it. Called by one
 * thread at a time; should end when its thread is interrupted.
 */
@FunctionalInterface
public interface LinkOpener {
    /** @throws IOException if it cannot be opened now; it is tried again */
    Link open() throws IOException;
}
