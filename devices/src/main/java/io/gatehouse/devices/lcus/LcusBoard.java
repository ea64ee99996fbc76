package io.gatehouse.devices.lcus;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.door.Relay;
import io.gatehouse.devices.link.Bus;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkChange;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A relay board of the LCUS kind. It answers nothing, so a command that was sent is {@code NoAnswer}, and what its relays are is
 * only what they were told: unknown at first, and again whenever the link was lost, for the board may have lost its power
 * with it. A command is sent once, now or not at all. Thread-safe; closing it leaves the bus alone.
 */
public final class LcusBoard implements AutoCloseable {
    private static final int MAX_CHANNELS = 255;

    private final Bus bus;
    private final int channels;
    private final Duration turnTimeout;
    private final Link.Watch watch;
    /** What was told since the link was opened. */
    private final Map<Integer, Boolean> told = new HashMap<>();

    private int sessions;

    private LcusBoard(Bus bus, int channels, Duration turnTimeout) {
        this.bus = Objects.requireNonNull(bus, "bus");
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException("a board has 1 to " + MAX_CHANNELS + " relays, not " + channels);
        }
        if (turnTimeout.isNegative()) {
            throw new IllegalArgumentException("a turn is waited for no less than nothing, not " + turnTimeout);
        }
        this.channels = channels;
        this.turnTimeout = turnTimeout;
        this.watch = bus.observe(this::changed);
    }

    /** @param turnTimeout how long to wait for others that have the bus; a command that would come later is not sent */
    public static LcusBoard create(Bus bus, int channels, Duration turnTimeout) {
        return new LcusBoard(bus, channels, turnTimeout);
    }

    /**
     * Switches one relay, counted from 1 as on the board.
     *
     * @return {@code NoAnswer} ({@code lcus.unconfirmed}) if it was sent, for nobody says whether it was done; {@code Failed}
     *         ({@code lcus.link-down}, {@code lcus.bus-busy}) if nothing was sent
     */
    public Actuation set(int channel, boolean energised) {
        return send(channel, energised)
                .orElseGet(() -> unconfirmed(
                        "lcus.unconfirmed",
                        "Relay %d was told to switch; such a board does not say whether it did.",
                        channel));
    }

    /**
     * One relay, counted from 1, for a door to drive: {@code Done} there means no more than that the operating system took the
     * command. Only for doors where somebody else sees whether they opened, such as a contact.
     */
    public Relay insecureUnconfirmedRelay(int channel) {
        requireChannel(channel);
        return energised -> send(channel, energised).orElseGet(Actuation.Done::new);
    }

    /** Empty if it was sent. */
    private Optional<Actuation> send(int channel, boolean energised) {
        requireChannel(channel);
        if (bus.state() != LinkState.OPEN) {
            return Optional.of(failed("lcus.link-down", "Relay %d was not switched: %s is down.", channel, bus.url()));
        }
        try {
            Optional<LcusCommand> sent = bus.turn(turnTimeout, turn -> {
                LcusCommand command = new LcusCommand(channel, energised);
                int session = forget(channel);
                turn.write(command.toBytes());
                remember(command, session);
                return command;
            });
            return sent.isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            failed("lcus.bus-busy", "Relay %d was not switched: others have %s.", channel, bus.url()));
        } catch (IOException e) {
            return Optional.of(unconfirmed(
                    "lcus.link-lost", "Relay %d may or may not have switched: %s failed.", channel, bus.url()));
        }
    }

    /** What a relay, counted from 1, was told last; empty if that is unknown, as after every loss of the link. */
    public Optional<Boolean> told(int channel) {
        requireChannel(channel);
        synchronized (told) {
            return Optional.ofNullable(told.get(channel));
        }
    }

    private void requireChannel(int channel) {
        if (channel < 1 || channel > channels) {
            throw new IndexOutOfBoundsException("the board has relays 1 to " + channels + ", not " + channel);
        }
    }

    private void changed(LinkChange change) {
        synchronized (told) {
            told.clear();
            sessions++;
        }
    }

    /** Gives which session of the link this is. */
    private int forget(int channel) {
        synchronized (told) {
            told.remove(channel);
            return sessions;
        }
    }

    private void remember(LcusCommand command, int session) {
        synchronized (told) {
            if (session == sessions) {
                told.put(command.channel(), command.on());
            }
        }
    }

    private static Actuation failed(String code, String format, Object... arguments) {
        return new Actuation.Failed(Reason.format(code, format, arguments));
    }

    private static Actuation unconfirmed(String code, String format, Object... arguments) {
        return new Actuation.NoAnswer(Reason.format(code, format, arguments));
    }

    @Override
    public void close() {
        watch.close();
    }
}
