package io.gatehouse.policy.watch;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Runs rules over a stream of events. Not thread-safe: one thread at a time. What it finds it tells in that thread, through
 * {@code sink}, before the call returns.
 *
 * <p>Events wait in a queue, ordered by when they happened, until the ledger's clock is their lateness further; then
 * nothing that happened earlier can come any more and be in order, and rules see them. A deadline is met by what happens at
 * that very moment. The clock is the latest {@code recordedAt} or {@link #tick}, so that a gate whose own clock is ahead
 * makes nobody else late; what it says counts as the time of recording. All this is a function of the events alone: over
 * history the same is found.
 */
public final class Watcher {
    private final Site site;
    private final WatcherOptions options;
    private final Places places;
    private final Findings findings;
    private final List<Immediate> immediate = new ArrayList<>();
    private final List<RuleState> states = new ArrayList<>();
    private final Crowd crowd;
    private final boolean needsPeople;
    private final PriorityQueue<Sighting> waiting = new PriorityQueue<>();
    private final Map<String, Long> lastToldOfLate = new HashMap<>();
    private final long lateness;
    /** All that happened before this has been seen or is late. */
    private long seen = Long.MIN_VALUE;

    private long lateEvents;
    private long toldOfWaiting = Tracked.NEVER;

    private Watcher(Site site, WatchRules rules, WatcherOptions options, Consumer<? super Finding> sink) {
        this.site = Objects.requireNonNull(site, "site");
        this.options = Objects.requireNonNull(options, "options");
        this.places = new Places(site);
        this.findings = new Findings(Objects.requireNonNull(sink, "sink"));
        this.lateness = options.lateness().toNanos();
        for (WatchRule rule : rules.rules()) {
            if (Immediate.is(rule.pattern())) {
                immediate.add(new Immediate(rule, places, findings));
            } else {
                states.add(RuleState.of(rule, places, findings, states.size()));
            }
        }
        this.crowd = new Crowd(states, options, findings);
        this.needsPeople = rules.rules().stream().anyMatch(rule -> rule.scope().needsPeople());
    }

    /**
     * A watch that has seen nothing yet.
     *
     * @param sink told of each finding
     * @throws IllegalArgumentException if a rule names a zone or portal that the site does not have
     */
    public static Watcher create(Site site, WatchRules rules, WatcherOptions options, Consumer<? super Finding> sink) {
        return new Watcher(site, rules, options, sink);
    }

    /** Takes the next event, as the ledger's order has it. */
    public void accept(WatchEvent event) {
        Instant at = event.at().isAfter(event.recordedAt()) ? event.recordedAt() : event.at();
        long clock = Sighting.nanos(event.recordedAt());
        long before = Math.max(seen, clock - lateness);
        Instant oldest = Sighting.instant(before);
        boolean isLate = at.isBefore(oldest);
        // Something from the age of steam is late anyhow; its time only has to fit.
        long nanos = isLate && at.isBefore(Instant.EPOCH) ? 0 : Sighting.nanos(at);
        Sighting sighting = new Sighting(nanos, places.zone(event.zone()), places.portal(event.portal()), event);
        for (Immediate rule : immediate) {
            rule.see(sighting);
        }
        if (isLate) {
            tellOfLate(sighting, clock);
        } else {
            waiting.add(sighting);
        }
        seeUntil(before);
        while (waiting.size() > options.maxWaiting()) {
            letGoEarly(clock);
        }
    }

    /** So late it is by the ledger's clock, also if nothing happens. An earlier time than before changes nothing. */
    public void tick(Instant now) {
        seeUntil(Math.max(seen, Sighting.nanos(now) - lateness));
    }

    /** How many events came too late to be followed in order. */
    public long lateEvents() {
        return lateEvents;
    }

    /** How many people are remembered. */
    public int people() {
        return crowd.size();
    }

    /** The site that the rules are about. */
    public Site site() {
        return site;
    }

    /** Whether a rule depends on kinds or groups of people, so that they have to be looked up. */
    boolean needsPeople() {
        return needsPeople;
    }

    private void seeUntil(long before) {
        Sighting next = waiting.peek();
        while (next != null && next.at() < before) {
            waiting.remove();
            see(next);
            next = waiting.peek();
        }
        if (before > seen) {
            seen = before;
            clock(before);
        }
    }

    private void see(Sighting sighting) {
        clock(sighting.at());
        Tracked who = crowd.who(sighting);
        for (int i = 0; i < states.size(); i++) {
            states.get(i).see(sighting, who);
        }
        if (who != null) {
            crowd.seen(who, sighting);
        }
    }

    private void clock(long before) {
        for (int i = 0; i < states.size(); i++) {
            states.get(i).clock(before);
        }
    }

    /** More events wait than may: the earliest is seen now, and what happened before it will be late. */
    private void letGoEarly(long clock) {
        Sighting earliest = waiting.remove();
        see(earliest);
        seen = Math.max(seen, earliest.at());
        if (isDue(toldOfWaiting, clock)) {
            toldOfWaiting = clock;
            findings.tellOwn(
                    "overflow",
                    Severity.CRITICAL,
                    clock,
                    Optional.empty(),
                    OptionalLong.of(earliest.event().index()),
                    Reason.format(
                            "watch.waiting-overflow",
                            "More than %d events wait for earlier ones: what comes late will not be followed in order."
                                    + " Allow more, or less lateness.",
                            options.maxWaiting()));
        }
    }

    private void tellOfLate(Sighting sighting, long clock) {
        lateEvents++;
        Optional<PortalId> portal =
                sighting.portal() < 0 ? Optional.empty() : sighting.event().portal();
        String where = portal.map(PortalId::value).orElse("");
        Long told = lastToldOfLate.get(where);
        if (told == null || isDue(told, clock)) {
            lastToldOfLate.put(where, clock);
            findings.tellOwn(
                    "late",
                    Severity.NOTICE,
                    clock,
                    portal,
                    OptionalLong.of(sighting.event().index()),
                    Reason.format(
                            "watch.late",
                            "Events come in more than %d s after they happened, too late to be followed in order: run the"
                                    + " rules over the history of that time.",
                            options.lateness().toSeconds()));
        }
    }

    private boolean isDue(long told, long clock) {
        return told == Tracked.NEVER || clock - told >= options.repeat().toNanos();
    }
}
