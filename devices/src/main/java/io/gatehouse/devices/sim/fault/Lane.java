package io.gatehouse.devices.sim.fault;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** One way of a faulty line: pieces with the time at which they are let through, in order. Not thread-safe. */
final class Lane {
    private final Map<LinkFault, Double> probabilities;
    private final FaultPlan plan;
    private final RandomGenerator random;
    private final Map<LinkFault, Integer> happened = new EnumMap<>(LinkFault.class);
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long stalledUntil = Long.MIN_VALUE;
    private boolean stalled;

    Lane(Map<LinkFault, Double> probabilities, FaultPlan plan, RandomGenerator random) {
        this.probabilities = probabilities;
        this.plan = plan;
        this.random = random;
    }

    @SuppressWarnings("ArrayRecordComponent") // Seen within this class only.
    private record Piece(byte[] bytes, long due, boolean waitsForNext) {}

    Map<LinkFault, Integer> happened() {
        return happened;
    }

    /** Nothing is let through until it is over. */
    void stall(boolean value) {
        stalled = value;
    }

    /** Takes bytes in; whether the line is pulled out over it. */
    boolean put(byte[] bytes, long now) {
        if (happens(LinkFault.UNPLUG)) {
            return true;
        }
        if (happens(LinkFault.STALL)) {
            stalledUntil = now + plan.stall().toNanos();
        }
        byte[] changed = happens(LinkFault.DROP) ? drop(bytes) : bytes.clone();
        if (changed.length > 0 && happens(LinkFault.CORRUPT)) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int times = happens(LinkFault.DUPLICATE) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            if (changed.length > 1 && happens(LinkFault.SPLIT)) {
                int cut = 1 + random.nextInt(changed.length - 1);
                add(Arrays.copyOf(changed, cut), now);
                add(Arrays.copyOfRange(changed, cut, changed.length), now);
            } else if (changed.length > 0) {
                add(changed, now);
            }
        }
        return false;
    }

    private byte[] drop(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int from = random.nextInt(bytes.length);
        int to = from + 1 + random.nextInt(bytes.length - from);
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        left.write(bytes, 0, from);
        left.write(bytes, to, bytes.length - to);
        return left.toByteArray();
    }

    private void add(byte[] bytes, long now) {
        boolean joins = happens(LinkFault.JOIN);
        long late = joins || happens(LinkFault.DELAY) ? plan.delay().toNanos() : 0;
        byte[] all = bytes;
        Piece last = pieces.peekLast();
        if (last != null && last.waitsForNext) {
            pieces.removeLast();
            all = Arrays.copyOf(last.bytes, last.bytes.length + bytes.length);
            System.arraycopy(bytes, 0, all, last.bytes.length, bytes.length);
        }
        Piece before = pieces.peekLast();
        long due = now + late;
        pieces.addLast(new Piece(all, before == null ? due : Math.max(due, before.due), joins));
    }

    void clear() {
        pieces.clear();
    }

    /** The next piece, if it is time for it. */
    Optional<byte[]> take(long now) {
        OptionalLong due = due();
        if (due.isEmpty() || due.getAsLong() > now) {
            return Optional.empty();
        }
        return Optional.of(pieces.removeFirst().bytes);
    }

    /** When the next piece is let through. */
    OptionalLong due() {
        Piece next = pieces.peekFirst();
        return next == null || stalled ? OptionalLong.empty() : OptionalLong.of(Math.max(next.due, stalledUntil));
    }

    private boolean happens(LinkFault fault) {
        double probability = probabilities.getOrDefault(fault, 0.0);
        boolean happens = probability > 0 && random.nextDouble() < probability;
        if (happens) {
            happened.merge(fault, 1, Integer::sum);
        }
        return happens;
    }
}
