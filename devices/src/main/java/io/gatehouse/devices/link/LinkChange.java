package io.gatehouse.devices.link;

import java.util.Objects;

/**
 * A link's state changed. Immutable and thread-safe.
 *
 * @param url  the link's
 * @param from the state before
 * @param to   the state now
 * @param why  one sentence for whoever looks for the fault
 */
public record LinkChange(String url, LinkState from, LinkState to, String why) {
    public LinkChange {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(why, "why");
    }
}
