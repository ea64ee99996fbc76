package io.gatehouse.codes.revoke;

import io.gatehouse.codes.token.StatusReference;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes passes back: each change is durable in the register, signed, and pushed to all gates that listen before the call
 * returns. A gate that could not be reached asks later for what changed since the version it has. Thread-safe.
 */
public final class StatusPublisher {
    private static final Logger LOG = System.getLogger(StatusPublisher.class.getName());

    private final StatusRegister register;
    private final StatusSigner signer;
    private final InstantSource clock;
    private final List<StatusReceiver> gates = new CopyOnWriteArrayList<>();

    private StatusPublisher(StatusRegister register, StatusSigner signer, InstantSource clock) {
        this.register = Objects.requireNonNull(register, "register");
        this.signer = Objects.requireNonNull(signer, "signer");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    public static StatusPublisher create(StatusRegister register, StatusSigner signer, InstantSource clock) {
        return new StatusPublisher(register, signer, clock);
    }

    /** Pushes every change to this gate from now on. */
    public void subscribe(StatusReceiver gate) {
        gates.add(Objects.requireNonNull(gate, "gate"));
    }

    /** Pushes nothing more to this gate. */
    public void unsubscribe(StatusReceiver gate) {
        gates.remove(gate);
    }

    /** Takes a pass back for good. */
    public long revoke(StatusReference place) throws IOException {
        return publish(place.list(), Map.of(place.index(), PassStatus.REVOKED));
    }

    /** Lets a pass not be taken until {@link #reinstate}; needs a list of 2 bits. */
    public long suspend(StatusReference place) throws IOException {
        return publish(place.list(), Map.of(place.index(), PassStatus.SUSPENDED));
    }

    /** Ends a suspension. */
    public long reinstate(StatusReference place) throws IOException {
        return publish(place.list(), Map.of(place.index(), PassStatus.VALID));
    }

    /**
     * Changes statuses in one version and pushes it; as {@link StatusRegister#set(int, Map)}.
     *
     * @return the version
     */
    public synchronized long publish(int list, Map<Integer, PassStatus> statuses) throws IOException {
        long version = register.set(list, statuses);
        StatusList later = register.at(list, version);
        StatusList base = register.at(list, Math.max(0, version - 1));
        byte[] signed = signer.signChanges(base, later, clock.instant());
        for (StatusReceiver gate : gates) {
            push(gate, signed, later);
        }
        return version;
    }

    /** The whole list, signed now: what a new gate begins with. */
    public byte[] whole(int list) throws IOException {
        return signer.sign(register.current(list), clock.instant());
    }

    /**
     * What changed since the version that a gate has, signed now, also if that is nothing: then the gate's list is young
     * again.
     */
    public byte[] changesSince(int list, long version) throws IOException {
        return signer.signChanges(register.at(list, version), register.current(list), clock.instant());
    }

    private static void push(StatusReceiver gate, byte[] signed, StatusList later) {
        try {
            gate.take(signed);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "a gate did not get " + later + " and will ask for it", e);
        }
    }
}
