package io.gatehouse.devices.modbus;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkChange;
import io.gatehouse.devices.link.LinkState;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A half-duplex wire of a speed, on fake time: every byte takes its time, and what is heard is heard at its end. */
final class FakeWire implements Link {
    /** Silence before each request, in characters. */
    final List<Double> gaps = new ArrayList<>();

    final List<byte[]> requests = new ArrayList<>();
    private final double character;
    private final TreeMap<Long, Byte> arrivals = new TreeMap<>();
    private final boolean echoes;
    private UnaryOperator<byte[]> unit = request -> new byte[0];
    private long pauseInReply;
    int abandoned;
    private long now;
    private long lastEnd;

    FakeWire(int baud, boolean echoes) {
        this.character = 11e9 / baud;
        this.echoes = echoes;
    }

    long nanoTime() {
        return now;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    /** What answers a request, five milliseconds after it. */
    void unit(UnaryOperator<byte[]> value) {
        unit = value;
    }

    /** The unit pauses so long between any two bytes. */
    void pauseInReply(Duration value) {
        pauseInReply = value.toNanos();
    }

    /** Somebody says this, beginning so long from now. */
    void chatter(Duration in, byte[] bytes) {
        put(now + in.toNanos(), bytes, 0);
    }

    long characters(int count) {
        return Math.round(character * count);
    }

    /** Gives when the last byte has ended. */
    private long put(long begin, byte[] bytes, long pause) {
        long end = begin;
        for (byte each : bytes) {
            end += Math.round(character) + pause;
            while (arrivals.containsKey(end)) {
                end++;
            }
            arrivals.put(end, each);
        }
        return end;
    }

    @Override
    public void write(byte[] bytes) {
        Map.Entry<Long, Byte> before = arrivals.floorEntry(now);
        long quietSince = Math.max(lastEnd, before == null ? 0 : before.getKey());
        gaps.add((now - quietSince) / character);
        requests.add(bytes.clone());
        long end = now + characters(bytes.length);
        if (echoes) {
            put(now, bytes, 0);
        }
        lastEnd = end;
        put(end + 5_000_000, unit.apply(bytes.clone()), pauseInReply);
    }

    @Override
    public void abandonWrites() {
        abandoned++;
    }

    @Override
    public byte[] read(Duration atMost) {
        Map.Entry<Long, Byte> first = arrivals.firstEntry();
        long until = now + Math.max(0, atMost.toNanos());
        if (first == null || first.getKey() > until) {
            now = until;
            return new byte[0];
        }
        now = Math.max(now, first.getKey());
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        while (!arrivals.isEmpty() && arrivals.firstKey() <= now) {
            lastEnd = Math.max(lastEnd, arrivals.firstKey());
            heard.write(arrivals.pollFirstEntry().getValue());
        }
        return heard.toByteArray();
    }

    @Override
    public String url() {
        return "fake:wire";
    }

    @Override
    public LinkState state() {
        return LinkState.OPEN;
    }

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
        arrivals.clear();
    }
}
