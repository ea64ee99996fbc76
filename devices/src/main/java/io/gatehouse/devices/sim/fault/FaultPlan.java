package io.gatehouse.devices.sim.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often which fault happens, each by itself, so that several may meet. Immutable and thread-safe.
 *
 * @param in    the probability of each fault for what arrives, 0 to 1; a fault that is not there never happens
 * @param out   the same for what is written
 * @param delay how late is late
 * @param stall how long a stall lasts
 */
public record FaultPlan(Map<LinkFault, Double> in, Map<LinkFault, Double> out, Duration delay, Duration stall) {
    public FaultPlan {
        in = checked(in);
        out = checked(out);
        if (delay.isNegative() || stall.isNegative()) {
            throw new IllegalArgumentException(
                    "a delay and a stall are no less than nothing, not " + delay + " and " + stall);
        }
    }

    private static Map<LinkFault, Double> checked(Map<LinkFault, Double> probabilities) {
        probabilities.forEach((fault, probability) -> {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("the probability of " + fault + " is 0 to 1, not " + probability);
            }
        });
        return Map.copyOf(probabilities);
    }

    /** Nothing happens but what is asked for; late is 20 ms, and a stall 200 ms. */
    public static FaultPlan none() {
        return new FaultPlan(Map.of(), Map.of(), Duration.ofMillis(20), Duration.ofMillis(200));
    }

    /** The same with this fault both ways. */
    public FaultPlan with(LinkFault fault, double probability) {
        return withIn(fault, probability).withOut(fault, probability);
    }

    /** The same with this fault for what arrives. */
    public FaultPlan withIn(LinkFault fault, double probability) {
        return new FaultPlan(with(in, fault, probability), out, delay, stall);
    }

    /** The same with this fault for what is written. */
    public FaultPlan withOut(LinkFault fault, double probability) {
        return new FaultPlan(in, with(out, fault, probability), delay, stall);
    }

    /** The same with other times. */
    public FaultPlan withTimes(Duration late, Duration stalled) {
        return new FaultPlan(in, out, late, stalled);
    }

    private static Map<LinkFault, Double> with(Map<LinkFault, Double> old, LinkFault fault, double probability) {
        Map<LinkFault, Double> all = new EnumMap<>(LinkFault.class);
        all.putAll(old);
        all.put(fault, probability);
        return all;
    }
}
