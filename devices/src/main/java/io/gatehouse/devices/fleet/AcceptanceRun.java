package io.gatehouse.devices.fleet;

import io.gatehouse.core.reason.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Counts the readings of an acceptance test while somebody tries the device. Thread-safe. */
public final class AcceptanceRun {
    private final AcceptanceCriteria criteria;
    private final List<Duration> latencies = new ArrayList<>();
    private final Set<String> confirmed = new TreeSet<>();
    private int attempts;

    private AcceptanceRun(AcceptanceCriteria criteria) {
        this.criteria = Objects.requireNonNull(criteria, "criteria");
    }

    public static AcceptanceRun create(AcceptanceCriteria criteria) {
        return new AcceptanceRun(criteria);
    }

    /** Something was shown, and was read so long after. */
    public synchronized void read(Duration latency) {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("a reading takes no negative time, not " + latency);
        }
        attempts++;
        latencies.add(latency);
    }

    /** Something was shown and not read. */
    public synchronized void missed() {
        attempts++;
    }

    /**
     * Somebody looked and found it so.
     *
     * @throws IllegalArgumentException if the criteria have no such check
     */
    public synchronized void confirm(String check) {
        if (!criteria.checks().contains(check)) {
            throw new IllegalArgumentException("there is no check '" + check + "', only " + criteria.checks());
        }
        confirmed.add(check);
    }

    /** What came of it so far. */
    public synchronized AcceptanceResult result() {
        List<Duration> sorted = latencies.stream().sorted().toList();
        List<Reason> missing = new ArrayList<>();
        double rate = attempts == 0 ? 0 : (double) latencies.size() / attempts;
        Duration slowest = quantile(sorted, 0.95);
        if (attempts < criteria.attempts()) {
            missing.add(Reason.format(
                    "fleet.too-few-attempts", "%d readings were tried, %d are needed.", attempts, criteria.attempts()));
        }
        if (rate < criteria.readRate()) {
            missing.add(Reason.format(
                    "fleet.read-rate",
                    "%d of %d were read, %.3f is needed.",
                    latencies.size(),
                    attempts,
                    criteria.readRate()));
        }
        if (slowest.compareTo(criteria.latency()) > 0) {
            missing.add(Reason.format(
                    "fleet.latency",
                    "19 of 20 readings took up to %d ms, %d are allowed.",
                    slowest.toMillis(),
                    criteria.latency().toMillis()));
        }
        criteria.checks().stream()
                .filter(check -> !confirmed.contains(check))
                .forEach(check -> missing.add(Reason.format("fleet.check-missing", "Nobody confirmed %s.", check)));
        return new AcceptanceResult(attempts, latencies.size(), quantile(sorted, 0.5), slowest, missing);
    }

    /** The smallest that so much of them do not exceed; zero of none. */
    private static Duration quantile(List<Duration> sorted, double share) {
        int at = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(Math.max(0, at));
    }
}
