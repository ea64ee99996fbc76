package io.gatehouse.devices.sim.building;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.door.DoorInput;
import io.gatehouse.devices.door.FailMode;
import io.gatehouse.devices.door.InputState;
import io.gatehouse.devices.door.Relay;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A door that is not there: relay, bolt, leaf, contact, exit button, passage sensors, and hands that push, walk and force.
 * It misbehaves on request, wire by wire. What its inputs say goes out on the given executor, in order, as from a board
 * that is polled. Thread-safe.
 */
public final class SimulatedDoor {
    private final FailMode failMode;
    private final Executor wires;
    private final Optional<ScheduledExecutorService> boardTimer;
    private final Map<DoorInput, Boolean> active = new EnumMap<>(DoorInput.class);
    private final Map<DoorInput, InputState> broken = new EnumMap<>(DoorInput.class);
    private BiConsumer<? super DoorInput, ? super InputState> listener = (input, state) -> {};
    private DoorFault fault = DoorFault.NONE;
    private boolean energised;
    private boolean thrown;
    private boolean open;
    private @Nullable Future<?> pulse;

    private SimulatedDoor(FailMode failMode, Executor wires, Optional<ScheduledExecutorService> boardTimer) {
        this.failMode = Objects.requireNonNull(failMode, "failMode");
        this.wires = Objects.requireNonNull(wires, "wires");
        this.boardTimer = boardTimer;
        for (DoorInput input : DoorInput.values()) {
            active.put(input, false);
        }
        moveBolt();
    }

    /** A shut door without power, whose board keeps no time. */
    public static SimulatedDoor create(FailMode failMode, Executor wires) {
        return new SimulatedDoor(failMode, wires, Optional.empty());
    }

    /** A shut door without power, whose board times pulses with this. */
    public static SimulatedDoor timed(FailMode failMode, Executor wires, ScheduledExecutorService boardTimer) {
        return new SimulatedDoor(failMode, wires, Optional.of(boardTimer));
    }

    /** The relay that a door is built with. */
    public Relay relay() {
        return new Relay() {
            @Override
            public Actuation set(boolean on) {
                return command(on, Optional.empty());
            }

            @Override
            public Optional<Actuation> pulse(boolean on, Duration time) {
                return boardTimer.isPresent() ? Optional.of(command(on, Optional.of(time))) : Optional.empty();
            }
        };
    }

    /** Where the inputs go, {@code door::sense}; tells at once what each of these says. */
    public void connect(BiConsumer<? super DoorInput, ? super InputState> door, DoorInput... inputs) {
        synchronized (this) {
            listener = door;
        }
        for (DoorInput input : inputs) {
            say(input);
        }
    }

    /** From now on the lock misbehaves so. */
    public synchronized void misbehave(DoorFault value) {
        fault = Objects.requireNonNull(value, "fault");
        moveBolt();
    }

    /** Cuts, bridges or, with {@link InputState#NORMAL}, repairs the wire of an input. */
    public void wire(DoorInput input, InputState state) {
        synchronized (this) {
            if (state.isFault()) {
                broken.put(input, state);
            } else {
                broken.remove(input);
            }
        }
        say(input);
    }

    /** Takes the power from the relay, as a fire panel that is wired to it does, or gives it back. */
    public void power(boolean on) {
        synchronized (this) {
            energised = on && energised;
            moveBolt();
        }
        say(DoorInput.BOLT);
    }

    public synchronized boolean isUnlocked() {
        return (failMode == FailMode.FAIL_SECURE) == energised;
    }

    public synchronized boolean isOpen() {
        return open;
    }

    /** Pushes the leaf; true if it is open then. It does not open against a thrown bolt. */
    public boolean push() {
        synchronized (this) {
            open |= !thrown;
            if (!open) {
                return false;
            }
        }
        set(DoorInput.CONTACT, true);
        return true;
    }

    /** Opens the leaf whatever the bolt does: the handle inside, or a crowbar. */
    public void force() {
        synchronized (this) {
            open = true;
        }
        set(DoorInput.CONTACT, true);
    }

    /** Shuts the leaf. */
    public void shut() {
        synchronized (this) {
            open = false;
            moveBolt();
        }
        set(DoorInput.CONTACT, false);
        say(DoorInput.BOLT);
    }

    /** One person goes through the open leaf, past the sensor for that way and past the one that cannot tell. */
    public void walk(Direction way) {
        if (!isOpen()) {
            throw new IllegalStateException("nobody walks through a door that is shut");
        }
        DoorInput sensor = way == Direction.ENTRY ? DoorInput.PASSAGE_IN : DoorInput.PASSAGE_OUT;
        for (DoorInput input : new DoorInput[] {sensor, DoorInput.PASSAGE}) {
            set(input, true);
            set(input, false);
        }
    }

    /** Presses a button or opens a switch, or lets go of it. */
    public void set(DoorInput input, boolean value) {
        synchronized (this) {
            active.put(input, value);
        }
        say(input);
    }

    private Actuation command(boolean on, Optional<Duration> time) {
        Actuation answer;
        synchronized (this) {
            answer = switch (fault) {
                case NONE, STUCK -> new Actuation.Done();
                case DEAF, MUTE -> new Actuation.NoAnswer(Reason.of("sim.mute", "The simulated board says nothing."));
                case REFUSING -> new Actuation.Failed(Reason.of("sim.refusing", "The simulated board refuses."));
            };
            if (fault != DoorFault.DEAF && fault != DoorFault.REFUSING) {
                switchTo(on);
                time.ifPresent(each -> fallBack(!on, each));
            }
        }
        say(DoorInput.BOLT);
        return answer;
    }

    private void switchTo(boolean on) {
        if (pulse != null) {
            pulse.cancel(false);
            pulse = null;
        }
        energised = on;
        moveBolt();
    }

    private void fallBack(boolean to, Duration after) {
        pulse = boardTimer
                .orElseThrow()
                .schedule(
                        () -> {
                            synchronized (this) {
                                energised = to;
                                moveBolt();
                            }
                            say(DoorInput.BOLT);
                        },
                        after.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** It is thrown into the frame only, not into the air. */
    private synchronized void moveBolt() {
        if (fault != DoorFault.STUCK) {
            boolean unlocked = (failMode == FailMode.FAIL_SECURE) == energised;
            thrown = !unlocked && !open;
            active.put(DoorInput.BOLT, thrown);
        }
    }

    private void say(DoorInput input) {
        BiConsumer<? super DoorInput, ? super InputState> to;
        InputState state;
        synchronized (this) {
            to = listener;
            InputState working = active.getOrDefault(input, false) ? InputState.ACTIVE : InputState.NORMAL;
            state = broken.getOrDefault(input, working);
        }
        wires.execute(() -> to.accept(input, state));
    }
}
