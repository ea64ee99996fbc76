package io.gatehouse.devices.sim;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkChange;
import io.gatehouse.devices.link.LinkException;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A wire with many ends, such as an RS-485 pair: what one end sends all others hear, and so does the sender itself where its
 * converter echoes. One sends after the other; a collision happens on request. Thread-safe.
 */
public final class SimulatedBus {
    private static final byte[] CLOSED = {};

    private final String name;
    private final List<End> ends = new CopyOnWriteArrayList<>();
    private final AtomicBoolean collides = new AtomicBoolean();

    private SimulatedBus(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    public static SimulatedBus create(String name) {
        return new SimulatedBus(name);
    }

    /** Another end of the wire; closing it takes it off. */
    public Link attach() {
        return attach(false);
    }

    /** Another end, whose converter goes on listening while it sends: it hears itself. */
    public Link attachEchoing() {
        return attach(true);
    }

    private Link attach(boolean echoes) {
        End end = new End(echoes);
        ends.add(end);
        return end;
    }

    /** What is sent next meets what somebody else sends: its first byte is heard as another. */
    public void collideOnce() {
        collides.set(true);
    }

    private void send(End from, byte[] bytes) {
        byte[] heard = bytes.clone();
        if (heard.length > 0 && collides.getAndSet(false)) {
            heard[0] ^= 0x3C;
        }
        for (End end : ends) {
            if (end != from || end.echoes) {
                end.heard.add(heard);
            }
        }
    }

    private final class End implements Link {
        private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
        private final boolean echoes;
        private volatile boolean isClosed;

        End(boolean echoes) {
            this.echoes = echoes;
        }

        @Override
        public String url() {
            return "bus:" + name;
        }

        @Override
        public LinkState state() {
            return isClosed ? LinkState.CLOSED : LinkState.OPEN;
        }

        /** Nothing ever happens to it but being closed by its user. */
        @Override
        public Watch observe(Consumer<? super LinkChange> listener) {
            Objects.requireNonNull(listener, "listener");
            return () -> {};
        }

        @Override
        public boolean reopens() {
            return false;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            requireOpen();
            synchronized (SimulatedBus.this) {
                send(this, bytes);
            }
        }

        /** What was sent was heard. */
        @Override
        public void abandonWrites() {}

        @Override
        public byte[] read(Duration atMost) throws IOException {
            requireOpen();
            try {
                byte[] bytes = heard.poll(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
                requireOpen();
                return bytes == null ? new byte[0] : bytes.clone();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading from " + url());
            }
        }

        private void requireOpen() throws LinkException {
            if (isClosed) {
                throw new LinkException(url() + " is closed");
            }
        }

        @Override
        public void close() {
            isClosed = true;
            ends.remove(this);
            heard.add(CLOSED);
        }
    }
}
