package io.gatehouse.policy.watch;

import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.watch.Pattern.TooFarApart;
import io.gatehouse.policy.watch.Pattern.TooFarApart.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same person at two places sooner than can be. Of each person the last time at each place is kept, not only the last
 * place: ways need not be the sum of their parts.
 */
final class TooFarApartState extends RuleState {
    private final List<Spot> spots;
    /** The place of each portal, or none. */
    private final int[] spotOf;

    private final long[][] least;
    private final long longest;

    TooFarApartState(WatchRule rule, TooFarApart pattern, Places places, Findings findings, int slot) {
        super(rule, places, findings, slot);
        this.spots = pattern.spots();
        this.spotOf = spots(pattern, places, rule.id());
        this.least = ways(pattern);
        this.longest = Arrays.stream(least).flatMapToLong(Arrays::stream).max().orElse(0);
    }

    private static int[] spots(TooFarApart pattern, Places places, String rule) {
        List<boolean[]> within = new ArrayList<>();
        for (Spot spot : pattern.spots()) {
            within.add(places.within(spot.zones(), rule));
        }
        int[] spots = new int[places.portals()];
        for (int portal = 0; portal < spots.length; portal++) {
            Portal it = places.portal(portal);
            int inner = places.zone(Optional.of(it.inner()));
            int outer = places.zone(Optional.of(it.outer()));
            spots[portal] = Places.NONE;
            for (int i = within.size() - 1; i >= 0; i--) {
                if (within.get(i)[inner] || within.get(i)[outer]) {
                    spots[portal] = i;
                }
            }
        }
        for (int i = 0; i < pattern.spots().size(); i++) {
            for (PortalId id : pattern.spots().get(i).portals()) {
                spots[places.requirePortal(id, rule)] = i;
            }
        }
        return spots;
    }

    private static long[][] ways(TooFarApart pattern) {
        List<String> names = pattern.spots().stream().map(Spot::name).toList();
        long[][] ways = new long[names.size()][names.size()];
        for (int i = 0; i < ways.length; i++) {
            Arrays.fill(ways[i], pattern.least().toNanos());
            ways[i][i] = 0;
        }
        pattern.ways().forEach(way -> {
            int from = names.indexOf(way.from());
            int to = names.indexOf(way.to());
            ways[from][to] = way.least().toNanos();
            ways[to][from] = way.least().toNanos();
        });
        return ways;
    }

    @Override
    void see(Sighting sighting, @Nullable Tracked who) {
        int here = sighting.portal() < 0 ? Places.NONE : spotOf[sighting.portal()];
        if (who == null || here < 0 || !sighting.shows() || !reach.matches(sighting)) {
            return;
        }
        long[] last = (long[]) who.memory[slot];
        if (last == null) {
            last = new long[spots.size()];
            Arrays.fill(last, Tracked.NEVER);
            who.memory[slot] = last;
        }
        int there = mostTooSoon(last, here, sighting.at());
        if (there >= 0) {
            findings.tell(rule, sighting, reason(here, there, sighting.at() - last[there]));
        }
        last[here] = sighting.at();
    }

    /** From which place they are here by the most too soon. */
    private int mostTooSoon(long[] last, int here, long at) {
        int most = Places.NONE;
        long tooSoon = 0;
        for (int i = 0; i < last.length; i++) {
            long by = last[i] == Tracked.NEVER ? 0 : least[i][here] - (at - last[i]);
            if (by > tooSoon) {
                most = i;
                tooSoon = by;
            }
        }
        return most;
    }

    private Reason reason(int here, int there, long after) {
        return Reason.format(
                "watch.too-far-apart",
                "The same person was seen at %s %d s after %s, which takes at least %d s: somebody else has their"
                        + " credential, block it.",
                spots.get(here).name(),
                after / 1_000_000_000L,
                spots.get(there).name(),
                least[there][here] / 1_000_000_000L);
    }

    @Override
    long remembers() {
        return longest;
    }
}
