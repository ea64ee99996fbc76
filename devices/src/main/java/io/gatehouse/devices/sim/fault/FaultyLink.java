package io.gatehouse.devices.sim.fault;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkChange;
import io.gatehouse.devices.link.LinkException;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A link with faults, by chance from a seed or on request: put it around any link before a protocol gets it. It has no thread of
 * its own: what is written late goes out when the link is next read or written, as a protocol does that waits for an answer.
 * Owns its link. Thread-safe as a {@link Link} is.
 */
public final class FaultyLink implements Link {
    private final Link link;
    private final Lane in;
    private final Lane out;
    private final LongSupplier nanoTime;
    private volatile boolean unplugged;
    private volatile boolean closed;

    private FaultyLink(Link link, FaultPlan plan, RandomGenerator random, LongSupplier nanoTime) {
        this.link = Objects.requireNonNull(link, "link");
        this.in = new Lane(plan.in(), plan, random);
        this.out = new Lane(plan.out(), plan, random);
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** @param random decides; the same seed and the same bytes give the same faults */
    public static FaultyLink on(Link link, FaultPlan plan, RandomGenerator random) {
        return on(link, plan, random, System::nanoTime);
    }

    /** A faulty link that takes its time, in nanoseconds, from elsewhere. */
    public static FaultyLink on(Link link, FaultPlan plan, RandomGenerator random, LongSupplier nanoTime) {
        return new FaultyLink(link, plan, random, nanoTime);
    }

    /** Pulls the cable. */
    public void unplug() {
        unplugged = true;
        link.close();
    }

    /** From now on nothing goes through, either way. */
    public void stall() {
        stall(true);
    }

    /** What was held goes through. */
    public void resume() {
        stall(false);
    }

    private synchronized void stall(boolean value) {
        in.stall(value);
        out.stall(value);
    }

    /** How often each fault happened so far, both ways together. */
    public synchronized Map<LinkFault, Integer> happened() {
        Map<LinkFault, Integer> all = new EnumMap<>(LinkFault.class);
        all.putAll(in.happened());
        out.happened().forEach((fault, times) -> all.merge(fault, times, Integer::sum));
        return all;
    }

    @Override
    public String url() {
        return link.url();
    }

    @Override
    public LinkState state() {
        return unplugged && !closed ? LinkState.LOST : link.state();
    }

    @Override
    public Watch observe(Consumer<? super LinkChange> listener) {
        return link.observe(change -> listener.accept(
                unplugged && change.to() == LinkState.CLOSED
                        ? new LinkChange(change.url(), change.from(), LinkState.LOST, "somebody pulled the cable")
                        : change));
    }

    @Override
    public boolean reopens() {
        return link.reopens() && !unplugged;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        boolean isPulled;
        synchronized (this) {
            requirePlugged();
            isPulled = out.put(bytes, nanoTime.getAsLong());
            if (!isPulled) {
                sendDue();
            }
        }
        if (isPulled) {
            unplug();
            requirePlugged();
        }
    }

    private void sendDue() throws IOException {
        for (Optional<byte[]> next = out.take(nanoTime.getAsLong());
                next.isPresent();
                next = out.take(nanoTime.getAsLong())) {
            link.write(next.get());
        }
    }

    /** What was to go out late does not go out. */
    @Override
    public void abandonWrites() {
        synchronized (this) {
            out.clear();
        }
        link.abandonWrites();
    }

    @Override
    public byte[] read(Duration atMost) throws IOException {
        long deadline = nanoTime.getAsLong() + atMost.toNanos();
        while (true) {
            requirePlugged();
            long wait;
            synchronized (this) {
                long now = nanoTime.getAsLong();
                sendDue();
                Optional<byte[]> next = in.take(now);
                if (next.isPresent()) {
                    return next.get();
                }
                long until = Math.min(
                        deadline, Math.min(in.due().orElse(deadline), out.due().orElse(deadline)));
                wait = until - now;
            }
            take(link.read(Duration.ofNanos(Math.max(0, wait))));
            if (isOver(deadline)) {
                return new byte[0];
            }
        }
    }

    private void take(byte[] bytes) {
        boolean isPulled;
        synchronized (this) {
            isPulled = bytes.length > 0 && in.put(bytes, nanoTime.getAsLong());
        }
        if (isPulled) {
            unplug();
        }
    }

    private synchronized boolean isOver(long deadline) {
        long now = nanoTime.getAsLong();
        return now - deadline >= 0 && (in.due().isEmpty() || in.due().getAsLong() > now);
    }

    private void requirePlugged() throws LinkException {
        if (unplugged) {
            throw new LinkException(url() + (closed ? " is closed" : " was lost: somebody pulled the cable"));
        }
    }

    @Override
    public void close() {
        closed = true;
        link.close();
    }
}
