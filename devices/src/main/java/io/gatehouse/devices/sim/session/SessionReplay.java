package io.gatehouse.devices.sim.session;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkChange;
import io.gatehouse.devices.link.LinkException;
import io.gatehouse.devices.link.LinkState;
import io.gatehouse.devices.sim.TapEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A recorded session as a link: what was read then is read now, after the same pauses on a clock of its own, and what is written
 * must be what was written then. So a protocol can be tested against devices that are not at hand, in no time. Once everything
 * was played the link is lost. For one thread.
 */
public final class SessionReplay implements Link {
    private final List<TapEntry> entries;
    private int next;
    /** How many bytes of the next entry were written already. */
    private int written;

    private Instant now;
    private boolean closed;
    private Optional<String> difference = Optional.empty();

    private SessionReplay(Session session) {
        this.entries = session.entries();
        this.now = entries.isEmpty() ? Instant.EPOCH : entries.get(0).at();
    }

    /** A replay from the first entry, whose time it is. */
    public static SessionReplay of(Session session) {
        return new SessionReplay(session);
    }

    /** The time of the recording. */
    public InstantSource clock() {
        return () -> now;
    }

    /** The same in nanoseconds. */
    public long nanoTime() {
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /**
     * Checks that all of it was played.
     *
     * @throws IllegalStateException saying what was written that was not recorded, or where it stopped
     */
    public void requireWhole() {
        if (difference.isPresent()) {
            throw new IllegalStateException(difference.get());
        }
        if (next < entries.size()) {
            throw new IllegalStateException("the replay stopped before entry " + (next + 1) + " of " + entries.size()
                    + ", which goes " + entries.get(next).way());
        }
    }

    /** What was recorded went out. */
    @Override
    public void abandonWrites() {}

    @Override
    public byte[] read(Duration atMost) throws IOException {
        requireOpen();
        Instant until = now.plus(atMost.isNegative() ? Duration.ZERO : atMost);
        TapEntry entry = entries.get(next);
        if (entry.way() == TapEntry.Way.OUT || entry.at().isAfter(until)) {
            now = until;
            return new byte[0];
        }
        now = later(now, entry.at());
        next++;
        return entry.bytes();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        requireOpen();
        int from = 0;
        while (from < bytes.length) {
            byte[] expected = next < entries.size() && entries.get(next).way() == TapEntry.Way.OUT
                    ? entries.get(next).bytes()
                    : new byte[0];
            int count = Math.min(expected.length - written, bytes.length - from);
            if (count == 0 || !Arrays.equals(expected, written, written + count, bytes, from, from + count)) {
                difference = Optional.of("entry " + (next + 1) + " is not what was written: " + bytes.length
                        + " bytes, of which " + from + " were recorded");
                throw new LinkException(difference.get());
            }
            from += count;
            written += count;
            if (written == expected.length) {
                now = later(now, entries.get(next).at());
                next++;
                written = 0;
            }
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void requireOpen() throws LinkException {
        if (state() != LinkState.OPEN) {
            throw new LinkException(url() + (closed ? " is closed" : " is over"));
        }
    }

    @Override
    public String url() {
        return "replay:" + entries.size() + "-entries";
    }

    @Override
    public LinkState state() {
        if (closed) {
            return LinkState.CLOSED;
        }
        return next == entries.size() ? LinkState.LOST : LinkState.OPEN;
    }

    /** Tells nothing: whoever replays a session drives it themselves. */
    @Override
    public Watch observe(Consumer<? super LinkChange> listener) {
        return () -> {};
    }

    @Override
    public boolean reopens() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }
}
