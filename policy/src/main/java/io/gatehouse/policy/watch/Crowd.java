package io.gatehouse.policy.watch;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.watch.WatchEvent.Meaning;
import io.gatehouse.policy.watch.WatchEvent.Subject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Who is remembered, in the order of when they were last seen; so many and no more. When one too many comes, those are
 * forgotten first who can matter to no rule any more. If there are none the one who was not seen for longest is, and that
 * is told. Not thread-safe.
 */
final class Crowd {
    private final Map<String, Tracked> people = new LinkedHashMap<>(16, 0.75f, true);
    private final List<RuleState> states;
    private final WatcherOptions options;
    private final Findings findings;
    private final long remembers;
    private int addedSinceSweep;
    private long told = Tracked.NEVER;

    Crowd(List<RuleState> states, WatcherOptions options, Findings findings) {
        this.states = states;
        this.options = options;
        this.findings = findings;
        this.remembers = states.stream().mapToLong(RuleState::remembers).max().orElse(0);
        this.addedSinceSweep = options.maxPeople();
    }

    int size() {
        return people.size();
    }

    /** Whom an event is about, as they were before it. */
    @Nullable
    Tracked who(Sighting sighting) {
        Optional<Subject> subject = sighting.event().subject();
        // What is only said of somebody, such as that an alarm was raised, does not show that they are there.
        if (subject.isEmpty() || states.isEmpty() || sighting.is(Meaning.REPORT)) {
            return null;
        }
        String key = subject.get().key();
        Tracked who = people.get(key);
        if (who == null) {
            if (people.size() >= options.maxPeople()) {
                makeRoom(sighting.at());
            }
            who = new Tracked(key, states.size());
            people.put(key, who);
            addedSinceSweep++;
        }
        who.lastEntry = sighting.event().index();
        return who;
    }

    /** After rules have seen it. */
    void seen(Tracked who, Sighting sighting) {
        who.lastSeen = sighting.at();
        if (sighting.moves()) {
            who.zone = sighting.zone();
        }
    }

    /** Looking through everybody is worth it only after many have come. */
    private void makeRoom(long now) {
        if (addedSinceSweep > options.maxPeople() / 8) {
            addedSinceSweep = 0;
            people.values().removeIf(who -> isNeedless(who, now));
        }
        if (people.size() >= options.maxPeople()) {
            Iterator<Tracked> eldest = people.values().iterator();
            Tracked forgotten = eldest.next();
            eldest.remove();
            if (!isNeedless(forgotten, now)) {
                states.forEach(state -> state.forget(forgotten));
                tell(now, forgotten);
            }
        }
    }

    private boolean isNeedless(Tracked who, long now) {
        return who.zone == Places.OUTSIDE && remembers != Long.MAX_VALUE && now - who.lastSeen >= remembers;
    }

    private void tell(long now, Tracked forgotten) {
        if (told == Tracked.NEVER || now - told >= options.repeat().toNanos()) {
            told = now;
            findings.tellOwn(
                    "overflow",
                    Severity.CRITICAL,
                    now,
                    Optional.empty(),
                    OptionalLong.of(forgotten.lastEntry),
                    Reason.format(
                            "watch.people-overflow",
                            "More than %d people would have to be followed, so some are not: allow more, or split the"
                                    + " site.",
                            options.maxPeople()));
        }
    }
}
