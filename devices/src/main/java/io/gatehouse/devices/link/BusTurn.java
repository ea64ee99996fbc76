package io.gatehouse.devices.link;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * A bus while it is one driver's own; of no use afterwards. For the thread that has the turn.
 *
 * <p>Where the bus echoes, what is sent is read back and compared before {@link #write} returns; what follows the echo is the
 * others'. A difference is a collision.
 */
public final class BusTurn {
    private final Bus bus;
    private final Link link;
    private final BusOptions options;
    private final LongSupplier nanoTime;
    /** What was read behind an echo. */
    private byte[] ahead = {};

    private boolean over;

    BusTurn(Bus bus, Link link, BusOptions options, LongSupplier nanoTime) {
        this.bus = bus;
        this.link = link;
        this.options = options;
        this.nanoTime = nanoTime;
    }

    /** What came outside of every turn is nobody's, and so is a loss that is over. */
    void begin() throws IOException {
        boolean isOver = false;
        while (!isOver) {
            try {
                isOver = hear(Duration.ZERO).length == 0;
            } catch (LinkException e) {
                if (!link.reopens() || link.state() != LinkState.OPEN) {
                    throw e;
                }
            }
        }
    }

    void end() {
        over = true;
    }

    private void requireTurn() {
        if (over) {
            throw new IllegalStateException("the turn on " + bus.url() + " is over");
        }
    }

    /** How long so many characters take on the wire; zero if its speed is unknown. */
    public Duration onTheWire(int characters) {
        return options.character().multipliedBy(characters);
    }

    /**
     * Waits until nothing was heard or sent for so long; a bus that was silent already is not waited for. What is heard
     * meanwhile is dropped.
     *
     * @param atMost how long to wait
     * @return whether it fell silent
     * @throws IOException if the link is closed or lost
     */
    public boolean awaitSilence(Duration silence, Duration atMost) throws IOException {
        requireTurn();
        ahead = new byte[0];
        long deadline = nanoTime.getAsLong() + atMost.toNanos();
        while (true) {
            long now = nanoTime.getAsLong();
            long left = silence.toNanos() - (now - bus.busyUntil());
            if (left <= 0) {
                return true;
            }
            if (now - deadline >= 0) {
                return false;
            }
            hear(Duration.ofNanos(left));
        }
    }

    /**
     * Sends all bytes; where the bus echoes, once they have come back.
     *
     * @throws BusCollisionException if something else came back
     * @throws LinkException         if the link is not open or was lost, or nothing came back
     */
    public void write(byte[] bytes) throws IOException {
        requireTurn();
        link.write(bytes);
        long sent = nanoTime.getAsLong() + onTheWire(bytes.length).toNanos();
        bus.isBusyUntil(sent);
        if (options.echoes()) {
            readBack(bytes, sent + options.echoPatience().toNanos());
        }
    }

    private void readBack(byte[] bytes, long deadline) throws IOException {
        byte[] heard = {};
        while (heard.length < bytes.length) {
            long left = deadline - nanoTime.getAsLong();
            if (left <= 0) {
                throw new LinkException(bus.url() + " gave back " + heard.length + " of " + bytes.length
                        + " bytes; is it a bus that echoes?");
            }
            byte[] more = hear(Duration.ofNanos(left));
            heard = Inbox.join(heard, more, more.length);
        }
        int difference = Arrays.mismatch(Arrays.copyOf(heard, bytes.length), bytes);
        if (difference >= 0) {
            throw new BusCollisionException(bus.url() + " gave back another byte than the " + (difference + 1) + ". of "
                    + bytes.length + ": somebody else was sending");
        }
        ahead = Arrays.copyOfRange(heard, bytes.length, heard.length);
    }

    /** As {@link Link#abandonWrites}, for a command that was not answered and must not come late. */
    public void abandonWrites() {
        requireTurn();
        link.abandonWrites();
    }

    /** As {@link Link#read}, without one's own echo. */
    public byte[] read(Duration atMost) throws IOException {
        requireTurn();
        if (ahead.length > 0) {
            byte[] taken = ahead;
            ahead = new byte[0];
            return taken;
        }
        return hear(atMost);
    }

    private byte[] hear(Duration atMost) throws IOException {
        byte[] bytes = link.read(atMost);
        if (bytes.length > 0) {
            bus.isBusyUntil(nanoTime.getAsLong());
        }
        return bytes;
    }
}
