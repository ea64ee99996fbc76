package io.gatehouse.policy.permit.state;

import io.gatehouse.core.gate.Confirmation.Verdict;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Presence;
import io.gatehouse.policy.permit.facts.SiteFacts;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who is in which zone, when they entered, and whose passage was granted but is not over: the state that limits are counted from.
 * Thread-safe; it lives in one process, which decides for all doors of the site that share limits.
 *
 * <p>{@link #reserve} decides and holds a place in one step, so that of two doors one has the last place. A held place counts as
 * taken. The door's answer takes it for good or gives it back; where none comes, it is given back after a time. It is filled from
 * {@link Presence}, which the ledger can rebuild, and keeps nothing itself.
 */
public final class SiteState {
    private static final int MAX_ENTRIES = 1_000;

    private final Map<ZoneCode, Set<ZoneCode>> chains = new HashMap<>();
    private final SiteStateOptions options;
    private final Map<PersonId, ZoneCode> where = new HashMap<>();
    private final Map<ZoneCode, Integer> counts = new HashMap<>();
    private final Map<PersonId, Deque<Entry>> entries = new HashMap<>();
    private final Map<PersonId, Held> held = new HashMap<>();

    /** A zone somebody entered, with those it lies in. */
    private record Entry(Set<ZoneCode> zones, Instant at) {}

    /** A granted passage that is not over. */
    private record Held(ZoneCode from, ZoneCode to, Instant at) {}

    private SiteState(Site site, SiteStateOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        Map<ZoneCode, Optional<ZoneCode>> parents = new HashMap<>();
        site.zones().forEach(zone -> parents.put(zone.code(), zone.parent()));
        parents.putIfAbsent(ZoneCode.OUTSIDE, Optional.empty());
        for (ZoneCode zone : parents.keySet()) {
            Set<ZoneCode> chain = new HashSet<>();
            Optional<ZoneCode> at = Optional.of(zone);
            while (at.isPresent() && chain.add(at.get())) {
                at = parents.getOrDefault(at.get(), Optional.empty());
            }
            chains.put(zone, Set.copyOf(chain));
        }
    }

    /** Nobody is anywhere. */
    public static SiteState create(Site site, SiteStateOptions options) {
        return new SiteState(site, options);
    }

    /** Everybody is where presence says; of their entries only the last is known. */
    public synchronized void restore(Collection<Presence.Stay> inside) {
        where.clear();
        counts.clear();
        entries.clear();
        held.clear();
        for (Presence.Stay stay : inside) {
            move(stay.person(), ZoneCode.OUTSIDE, stay.zone(), stay.since());
        }
    }

    /**
     * Decides and, if that grants, holds the place, in one step.
     *
     * @param granting is given how things stand for this person, and says whether they may pass; must be quick
     * @return how things stood when it was decided
     */
    public synchronized SiteFacts reserve(
            PersonId person, Portal portal, Direction direction, Instant at, Predicate<SiteFacts> granting) {
        SiteFacts facts = factsFor(person, at);
        if (granting.test(facts)) {
            // A second passage before the first was answered takes its place: somebody is at one door only.
            held.put(person, new Held(origin(portal, direction), portal.destination(direction), at));
        }
        return facts;
    }

    /** What became of a granted passage; what nobody can say stays held until it expires. */
    public synchronized void settle(PersonId person, Portal portal, Direction direction, Instant at, Verdict verdict) {
        Held place = held.get(person);
        boolean isIts = place != null
                && place.to().equals(portal.destination(direction))
                && place.at().equals(at);
        if (isIts && verdict != Verdict.UNKNOWN) {
            held.remove(person);
        }
        if (verdict.isPassed()) {
            move(person, origin(portal, direction), portal.destination(direction), at);
        }
    }

    /** How things stand for one person. */
    public synchronized SiteFacts factsFor(PersonId person, Instant at) {
        expire(at);
        return facts(person);
    }

    /** How many people are in a zone and what lies in it, or are about to be. */
    public synchronized int count(ZoneCode zone, Instant at) {
        expire(at);
        return counts.getOrDefault(zone, 0)
                + (int) held.entrySet().stream()
                        .filter(entry -> isAdding(entry.getKey(), entry.getValue(), zone))
                        .count();
    }

    private SiteFacts facts(PersonId person) {
        Map<ZoneCode, Integer> occupancy = new HashMap<>(counts);
        for (Map.Entry<PersonId, Held> entry : held.entrySet()) {
            for (ZoneCode zone : chain(entry.getValue().to())) {
                if (isAdding(entry.getKey(), entry.getValue(), zone)) {
                    occupancy.merge(zone, 1, Integer::sum);
                }
            }
        }
        Set<ZoneCode> inside = new HashSet<>(chain(where.getOrDefault(person, ZoneCode.OUTSIDE)));
        Map<ZoneCode, List<Instant>> times = new HashMap<>();
        Held own = held.get(person);
        if (own != null) {
            inside.addAll(chain(own.to()));
            entered(own)
                    .forEach(zone ->
                            times.computeIfAbsent(zone, it -> new ArrayList<>()).add(own.at()));
        }
        for (Entry entry : entries.getOrDefault(person, new ArrayDeque<>())) {
            entry.zones()
                    .forEach(zone ->
                            times.computeIfAbsent(zone, it -> new ArrayList<>()).add(entry.at()));
        }
        return new SiteFacts(occupancy, inside, times);
    }

    /** Whether a held place adds somebody to a zone that they are not counted in. */
    private boolean isAdding(PersonId person, Held place, ZoneCode zone) {
        return chain(place.to()).contains(zone)
                && !chain(where.getOrDefault(person, ZoneCode.OUTSIDE)).contains(zone);
    }

    private Set<ZoneCode> entered(Held place) {
        Set<ZoneCode> zones = new HashSet<>(chain(place.to()));
        zones.removeAll(chain(place.from()));
        return zones;
    }

    private void move(PersonId person, ZoneCode from, ZoneCode to, Instant at) {
        ZoneCode before = where.get(person);
        if (before != null) {
            chain(before).forEach(zone -> counts.merge(zone, -1, Integer::sum));
        }
        if (to.equals(ZoneCode.OUTSIDE)) {
            where.remove(person);
        } else {
            where.put(person, to);
            chain(to).forEach(zone -> counts.merge(zone, 1, Integer::sum));
        }
        Deque<Entry> theirs = entries.computeIfAbsent(person, it -> new ArrayDeque<>());
        theirs.addFirst(new Entry(entered(new Held(from, to, at)), at));
        Instant oldest = at.minus(options.remembering());
        while (theirs.size() > MAX_ENTRIES
                || (!theirs.isEmpty() && theirs.getLast().at().isBefore(oldest))) {
            theirs.removeLast();
        }
    }

    private void expire(Instant at) {
        Instant oldest = at.minus(options.holding());
        Iterator<Held> all = held.values().iterator();
        while (all.hasNext()) {
            if (!all.next().at().isAfter(oldest)) {
                all.remove();
            }
        }
    }

    private Set<ZoneCode> chain(ZoneCode zone) {
        return chains.getOrDefault(zone, Set.of(zone));
    }

    private static ZoneCode origin(Portal portal, Direction direction) {
        return portal.destination(direction == Direction.ENTRY ? Direction.EXIT : Direction.ENTRY);
    }
}
