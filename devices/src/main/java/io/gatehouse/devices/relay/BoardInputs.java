package io.gatehouse.devices.relay;

import io.gatehouse.devices.door.InputState;
import io.gatehouse.devices.modbus.ModbusReply;
import io.gatehouse.devices.modbus.RelayBoard;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a board's inputs over and over and tells doors and alarms what they say: {@code state ->
 * door.sense(DoorInput.CONTACT, state)}, {@code fireInput::sense}. After so many readings without an answer every one of
 * them is told {@link InputState#CUT}, at each reading until the board answers again; before that nothing is told, since one
 * lost answer on a bus is no fire. Each is told at every reading, also when nothing changed. Thread-safe.
 *
 * <p>What is shorter than the time between two readings is not seen; a passage sensor needs a board that latches.
 */
public final class BoardInputs implements AutoCloseable {
    /** So many readings in a row may go unanswered. */
    public static final int STANDARD_MISSES = 2;

    private static final Logger LOG = System.getLogger(BoardInputs.class.getName());

    private final RelayBoard board;
    private final Map<Integer, Wired> wired;
    private final int count;
    private final int mostMisses;

    private int misses;
    private @Nullable Future<?> reading;

    private BoardInputs(RelayBoard board, Map<Integer, Wired> wired, int mostMisses) {
        this.board = Objects.requireNonNull(board, "board");
        this.wired = Map.copyOf(wired);
        this.count = wired.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
        this.mostMisses = mostMisses;
    }

    private record Wired(Contact contact, Consumer<InputState> told) {}

    /** Starts with no input wired. */
    public static Builder builder(RelayBoard board) {
        return new Builder(board);
    }

    /** Says what is wired where. Not thread-safe. */
    public static final class Builder {
        private static final int MOST_INPUTS = 256;

        private final RelayBoard board;
        private final Map<Integer, Wired> wired = new TreeMap<>();
        private int mostMisses = STANDARD_MISSES;

        private Builder(RelayBoard board) {
            this.board = board;
        }

        /**
         * Wires one input of the board.
         *
         * @param index counted from 0, to 255
         * @param told  what it says, each time it is read
         * @throws IllegalArgumentException if the index is out of range, or that input is wired already
         */
        public Builder input(int index, Contact contact, Consumer<InputState> told) {
            if (index < 0 || index >= MOST_INPUTS) {
                throw new IllegalArgumentException("a board has inputs 0 to " + (MOST_INPUTS - 1) + ", not " + index);
            }
            Wired before = wired.putIfAbsent(
                    index, new Wired(Objects.requireNonNull(contact, "contact"), Objects.requireNonNull(told, "told")));
            if (before != null) {
                throw new IllegalArgumentException("input " + index + " is wired already: one wire tells one thing");
            }
            return this;
        }

        /** How many readings in a row may go unanswered before all inputs count as cut, 0 to 100. */
        public Builder mostMisses(int most) {
            if (most < 0 || most > 100) {
                throw new IllegalArgumentException("0 to 100 readings may be missed, not " + most);
            }
            mostMisses = most;
            return this;
        }

        /**
         * For a caller that reads by itself.
         *
         * @throws IllegalStateException if no input is wired
         */
        public BoardInputs build() {
            if (wired.isEmpty()) {
                throw new IllegalStateException("no input is wired: say which with input()");
            }
            return new BoardInputs(board, wired, mostMisses);
        }

        /**
         * Reads from now on.
         *
         * @param every    from the end of one reading to the next, at least 1 ms
         * @param executor reads with one of its threads, which waits for the board; not shut down by this
         */
        public BoardInputs start(Duration every, ScheduledExecutorService executor) {
            if (every.toMillis() < 1) {
                throw new IllegalArgumentException("inputs are read every 1 ms at most, not every " + every);
            }
            BoardInputs inputs = build();
            inputs.reading = executor.scheduleWithFixedDelay(inputs::read, 0, every.toMillis(), TimeUnit.MILLISECONDS);
            return inputs;
        }
    }

    /** Reads once and tells what is said. */
    public synchronized void read() {
        Optional<List<Boolean>> values = values();
        misses = values.isPresent() ? 0 : Math.min(misses + 1, mostMisses + 1);
        if (values.isEmpty() && misses <= mostMisses) {
            return;
        }
        wired.forEach((index, wire) -> tell(
                index,
                wire,
                values.map(all -> wire.contact().state(all.get(index))).orElse(InputState.CUT)));
    }

    private Optional<List<Boolean>> values() {
        try {
            return board.inputs(count)
                    .fold(
                            replied -> replied.reply() instanceof ModbusReply.Inputs inputs
                                    ? Optional.of(inputs.values())
                                    : Optional.empty(),
                            refused -> Optional.empty(),
                            notSent -> Optional.empty(),
                            noReply -> Optional.empty());
        } catch (RuntimeException e) {
            // A timer ends with the first exception, and then nobody would be told that the board is gone.
            LOG.log(Level.ERROR, "a board's inputs could not be read", e);
            return Optional.empty();
        }
    }

    /** One that fails must not keep the news from the others. */
    private static void tell(int index, Wired wire, InputState state) {
        try {
            wire.told().accept(state);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "who is told of input " + index + " failed at " + state, e);
        }
    }

    /**
     * Ends the reading. Nobody is told: what a door was told last it goes on believing, and a fire input notices the silence.
     */
    @Override
    public synchronized void close() {
        if (reading != null) {
            reading.cancel(false);
        }
    }
}
