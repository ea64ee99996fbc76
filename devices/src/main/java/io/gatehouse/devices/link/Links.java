package io.gatehouse.devices.link;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens links by URL, once; {@link ReopeningLink} opens them again. An instance is a name space for links in memory; nothing is opened, searched or loaded before
 * {@link #open} is called. Thread-safe.
 *
 * <ul>
 *   <li>{@code mem:name}: the first opening gives one end of a pair, the second the other; for tests and simulators
 *   <li>{@code serial:/dev/ttyUSB0?baud=9600&dataBits=8&parity=none&stopBits=1&flow=none}: these are the defaults;
 *       parity none, even, odd, mark, space; flow none, rtscts, xonxoff
 *   <li>{@code tcp:host:port?connectMillis=3000}
 * </ul>
 */
public final class Links {
    static final String EXAMPLES = "mem:name, serial:/dev/ttyUSB0?baud=9600&parity=even, tcp:host:port";

    private final Map<String, Pair> pairs = new HashMap<>();

    private Links() {}

    public static Links create() {
        return new Links();
    }

    /**
     * Opens a link.
     *
     * @throws IllegalArgumentException if the URL has an unknown scheme or unknown, repeated or contradictory parameters
     * @throws LinkException            if the device is missing, busy, not permitted or does not answer
     */
    public Link open(String url) throws LinkException {
        return plan(url).open();
    }

    /** Refuses what {@link #open} would refuse without asking the device. */
    void check(String url) {
        plan(url);
    }

    private Plan plan(String url) {
        LinkUrl parsed = LinkUrl.parse(url);
        return switch (parsed.scheme()) {
            case "mem" -> {
                parsed.requireOnly(Set.of());
                yield () -> openMemory(parsed);
            }
            case "serial" -> {
                SerialSettings settings = SerialSettings.of(parsed);
                yield () -> SerialLink.open(settings);
            }
            case "tcp" -> {
                TcpSettings settings = TcpSettings.of(parsed);
                yield () -> TcpLink.open(settings);
            }
            default ->
                throw new IllegalArgumentException(
                        "'" + parsed.scheme() + "' is not a kind of link; valid are " + EXAMPLES);
        };
    }

    private Link openMemory(LinkUrl url) throws LinkException {
        String name = url.address();
        synchronized (pairs) {
            Pair pair = pairs.get(name);
            return pair == null ? firstEnd(url, name) : secondEnd(url, pair);
        }
    }

    private Link firstEnd(LinkUrl url, String name) {
        Pair pair = new Pair();
        MemoryLink first = MemoryLink.pair(url.text(), () -> forget(name, pair));
        pair.second = first.peer();
        pairs.put(name, pair);
        return first.take();
    }

    private static Link secondEnd(LinkUrl url, Pair pair) throws LinkException {
        MemoryLink second = pair.second;
        if (second == null) {
            throw new LinkException("both ends of " + url.text() + " are taken; close one first");
        }
        pair.second = null;
        return second.take();
    }

    /** Frees a name, unless a newer pair has it. */
    private void forget(String name, Pair pair) {
        synchronized (pairs) {
            pairs.remove(name, pair);
        }
    }

    /** A checked URL, ready to be opened. */
    private interface Plan {
        Link open() throws LinkException;
    }

    private static final class Pair {
        /** The second end until somebody takes it. */
        private @Nullable MemoryLink second;
    }
}
