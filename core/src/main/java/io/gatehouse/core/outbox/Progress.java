package io.gatehouse.core.outbox;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far one series of one outbox is on record. Immutable.
 *
 * @param next    the number that comes next
 * @param window  the events of the last batch, up to {@code next}: its answer may have been lost, then they come again
 * @param reading the clock reading that is, or is about to be, on record
 */
record Progress(long next, List<Taken> window, Optional<Reading> reading) {
    static final Progress NOTHING = new Progress(0, List.of(), Optional.empty());

    private static final int TAKEN_BYTES = 2 * Long.BYTES + 1;

    Progress {
        window = List.copyOf(window);
    }

    /** An event of the last batch, and whether the ledger refused it. */
    record Taken(UUID event, boolean refused) {}

    /**
     * What the clocks of gate and server said at one time.
     *
     * @param id     of the event that says so in the ledger
     * @param first  the number of the first event after it
     * @param onRecord whether that event is known to be in the ledger
     */
    record Reading(
            UUID id,
            Instant gateTime,
            Instant serverTime,
            Optional<Instant> offlineSince,
            long first,
            long waiting,
            boolean onRecord) {
        Reading recorded() {
            return new Reading(id, gateTime, serverTime, offlineSince, first, waiting, true);
        }
    }

    long windowBegin() {
        return next - window.size();
    }

    Progress with(Reading changed) {
        return new Progress(next, window, Optional.of(changed));
    }

    /**
     * After more events of a batch were taken. The window is then the whole batch: what of it had come before may come
     * again too, for its answer may have been lost twice.
     *
     * @param first the number of the batch's first event, not before the window
     */
    Progress after(long first, List<Taken> taken) {
        if (taken.isEmpty()) {
            return this;
        }
        List<Taken> batch = new ArrayList<>(window.subList((int) (first - windowBegin()), window.size()));
        batch.addAll(taken);
        return new Progress(next + taken.size(), batch, reading);
    }

    byte[] windowBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(window.size() * TAKEN_BYTES);
        for (Taken each : window) {
            bytes.putLong(each.event().getMostSignificantBits())
                    .putLong(each.event().getLeastSignificantBits())
                    .put((byte) (each.refused() ? 1 : 0));
        }
        return bytes.array();
    }

    static List<Taken> window(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Taken> window = new ArrayList<>();
        while (in.remaining() >= TAKEN_BYTES) {
            window.add(new Taken(new UUID(in.getLong(), in.getLong()), in.get() != 0));
        }
        return window;
    }
}
