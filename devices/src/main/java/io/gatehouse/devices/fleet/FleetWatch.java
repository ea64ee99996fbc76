package io.gatehouse.devices.fleet;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Hears heartbeats without writing each of them down, and notices who is silent: such a device is faulty, without anybody
 * having to say so. Call {@link #look} now and then, say every minute. Thread-safe.
 */
public final class FleetWatch {
    private static final Logger LOG = System.getLogger(FleetWatch.class.getName());

    private final Fleet fleet;
    private final Duration silentAfter;
    private final InstantSource clock;
    private final Map<DeviceId, Instant> lastSeen = new HashMap<>();
    private final Map<DeviceId, Map<String, Long>> counted = new HashMap<>();

    private FleetWatch(Fleet fleet, Duration silentAfter, InstantSource clock) {
        this.fleet = Objects.requireNonNull(fleet, "fleet");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.silentAfter = silentAfter;
        if (silentAfter.toMillis() < 1) {
            throw new IllegalArgumentException("a device may be silent for at least 1 ms, not " + silentAfter);
        }
    }

    /**
     * A watch over a fleet.
     *
     * @param silentAfter how long a device in service may be silent; several heartbeats
     */
    public static FleetWatch create(Fleet fleet, Duration silentAfter, InstantSource clock) {
        return new FleetWatch(fleet, silentAfter, clock);
    }

    /** The device answered something, whatever it was. */
    public synchronized void heartbeat(DeviceId id) {
        lastSeen.put(id, clock.instant());
    }

    /** Adds to one of its counters; it was heard of, too. */
    public synchronized void count(DeviceId id, String counter, long more) {
        heartbeat(id);
        counted.computeIfAbsent(id, each -> new HashMap<>()).merge(counter, more, Long::sum);
    }

    /**
     * Writes down what was heard, and takes whoever is silent out of service.
     *
     * @return the devices that were found to be faulty now
     * @throws IOException if the register cannot be written; what was heard is kept for the next time
     */
    public List<Device> look() throws IOException {
        write();
        List<Device> faulty = new ArrayList<>();
        for (Device device : fleet.silentSince(clock.instant().minus(silentAfter))) {
            String seen = device.lastSeen().map(Instant::toString).orElse("never");
            try {
                faulty.add(fleet.step(
                        device.id(), DeviceState.FAULTY, Optional.empty(), "It is silent; last heard of: " + seen));
            } catch (IllegalStateException e) {
                LOG.log(Level.INFO, "somebody took a step with " + device.id() + " meanwhile", e);
            }
        }
        return faulty;
    }

    private void write() throws IOException {
        Map<DeviceId, Instant> seen;
        Map<DeviceId, Map<String, Long>> counts;
        synchronized (this) {
            seen = new HashMap<>(lastSeen);
            counts = new HashMap<>(counted);
            lastSeen.clear();
            counted.clear();
        }
        try {
            fleet.heard(seen, counts);
        } catch (IOException | RuntimeException e) {
            putBack(seen, counts);
            throw e;
        }
    }

    private synchronized void putBack(Map<DeviceId, Instant> seen, Map<DeviceId, Map<String, Long>> counts) {
        seen.forEach((id, at) -> lastSeen.merge(id, at, (one, other) -> one.isAfter(other) ? one : other));
        counts.forEach((id, each) -> each.forEach((counter, more) ->
                counted.computeIfAbsent(id, key -> new HashMap<>()).merge(counter, more, Long::sum)));
    }
}
