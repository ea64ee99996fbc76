package io.gatehouse.devices.sim;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkChange;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Shows what goes over a link, without changing it: put it around the link before a protocol gets it. Keeps the newest
 * {@value #KEPT} entries and tells each to a listener as it happens. What is written is shown before it is sent, so a
 * reply never stands before its request. Thread-safe.
 */
public final class LinkTap implements Link {
    /** How many entries are kept. */
    public static final int KEPT = 10_000;

    private final Link link;
    private final InstantSource clock;
    private final Consumer<? super TapEntry> listener;
    private final Deque<TapEntry> kept = new ArrayDeque<>();

    private LinkTap(Link link, InstantSource clock, Consumer<? super TapEntry> listener) {
        this.link = Objects.requireNonNull(link, "link");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    public static LinkTap on(Link link, InstantSource clock) {
        return on(link, clock, entry -> {});
    }

    /** A tap that also tells a listener, in the thread that reads or writes. */
    public static LinkTap on(Link link, InstantSource clock, Consumer<? super TapEntry> listener) {
        return new LinkTap(link, clock, listener);
    }

    /** What went over the link, oldest first. */
    public List<TapEntry> entries() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    @Override
    public String url() {
        return link.url();
    }

    @Override
    public LinkState state() {
        return link.state();
    }

    @Override
    public Watch observe(Consumer<? super LinkChange> observer) {
        return link.observe(observer);
    }

    @Override
    public boolean reopens() {
        return link.reopens();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        note(TapEntry.Way.OUT, bytes);
        link.write(bytes);
    }

    @Override
    public void abandonWrites() {
        link.abandonWrites();
    }

    @Override
    public byte[] read(Duration atMost) throws IOException {
        byte[] bytes = link.read(atMost);
        if (bytes.length > 0) {
            note(TapEntry.Way.IN, bytes);
        }
        return bytes;
    }

    @Override
    public void close() {
        link.close();
    }

    private void note(TapEntry.Way way, byte[] bytes) {
        TapEntry entry = new TapEntry(clock.instant(), way, bytes);
        synchronized (kept) {
            if (kept.size() == KEPT) {
                kept.removeFirst();
            }
            kept.addLast(entry);
        }
        listener.accept(entry);
    }
}
