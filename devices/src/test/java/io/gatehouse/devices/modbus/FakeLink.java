package io.gatehouse.devices.modbus;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkChange;
import io.gatehouse.devices.link.LinkState;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A link on fake time: waiting costs nothing, and what is written is answered with pieces that were put in before. */
final class FakeLink implements Link {
    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Deque<byte[]> before = new ArrayDeque<>();
    private final Deque<byte[]> after = new ArrayDeque<>();
    private UnaryOperator<byte[]> each = request -> new byte[0];
    private long nanos;
    int abandoned;

    void stale(byte[] bytes) {
        before.add(bytes.clone());
    }

    void answer(byte[]... pieces) {
        for (byte[] piece : pieces) {
            if (piece.length > 0) {
                after.add(piece.clone());
            }
        }
    }

    /** From now on each write gets this answer. */
    void answerEach(UnaryOperator<byte[]> value) {
        each = value;
    }

    long nanoTime() {
        return nanos;
    }

    @Override
    public String url() {
        return "fake:link";
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
    public void write(byte[] bytes) {
        written.writeBytes(bytes);
        answer(each.apply(bytes.clone()));
        before.addAll(after);
        after.clear();
    }

    @Override
    public void abandonWrites() {
        abandoned++;
    }

    @Override
    public byte[] read(Duration atMost) {
        byte[] next = before.poll();
        if (next == null) {
            nanos += Math.max(0, atMost.toNanos());
            return new byte[0];
        }
        return next;
    }

    @Override
    public void close() {
        before.clear();
    }
}
