package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Crowd.Zone;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who is in which zone since when, counted from what a ledger says happened: each door that opened for somebody put them
 * into the zone behind it, and a guard's {@link PresenceCorrection} puts right what doors cannot see. Thread-safe;
 * questions do not wait for the ledger. It keeps nothing of its own and catches up with the ledger by {@link #catchUp},
 * from the beginning if it is new, or from a {@link #snapshot}.
 */
public final class Presence {
    private static final int BATCH = 10_000;

    private final Ledger ledger;
    private final PresenceOptions options;
    private final Crowd crowd;
    private final Object catchingUp = new Object();
    private final Object lock = new Object();
    private long next;
    private String lastLeafHash = "";

    private Presence(Ledger ledger, PresenceOptions options, Crowd crowd, long next, String lastLeafHash) {
        this.ledger = ledger;
        this.options = options;
        this.crowd = crowd;
        this.next = next;
        this.lastLeafHash = lastLeafHash;
    }

    /** A projection of this ledger that has seen nothing yet, with standard options. */
    public static Presence of(Ledger ledger) {
        return of(ledger, PresenceOptions.standard());
    }

    /** A projection of this ledger that has seen nothing yet. */
    public static Presence of(Ledger ledger, PresenceOptions options) {
        return new Presence(Objects.requireNonNull(ledger, "ledger"), options, new Crowd(options), 0, "");
    }

    /**
     * A projection that goes on where a snapshot was taken.
     *
     * @param options as those of the snapshot in bucket, number of buckets and anomalies
     * @throws LedgerException          if the snapshot is of another ledger, or of entries that are gone from this one
     * @throws IllegalArgumentException if it is no snapshot of this version, was cut or altered, or is of other options:
     *                                  begin anew
     */
    public static Presence restore(Ledger ledger, PresenceOptions options, byte[] snapshot) throws IOException {
        PresenceSnapshot read = PresenceSnapshot.decode(snapshot, options);
        if (read.next() > 0) {
            List<LedgerEntry> last = ledger.size() < read.next() ? List.of() : ledger.entries(read.next() - 1, 1);
            if (last.isEmpty() || !last.get(0).leafHash().equals(read.lastLeafHash())) {
                throw new LedgerException("the snapshot of presence is not of this ledger: entry " + (read.next() - 1)
                        + " is another one, or gone");
            }
            read.nameFrom(ledger);
        }
        return new Presence(ledger, options, read.crowd(), read.next(), read.lastLeafHash());
    }

    /**
     * Where everybody is, as bytes. They name nobody: people stand in them by the ledger's pseudonyms, and those inside are
     * named from the ledger again when it is restored, except who was shredded since. Still they tell where who goes by a
     * pseudonym is: seal them ({@link io.gatehouse.core.vault.Vault#sealSecret}) where others can read them.
     */
    public byte[] snapshot() {
        synchronized (lock) {
            return new PresenceSnapshot(next, lastLeafHash, crowd).encode(options);
        }
    }

    /** Applies every entry since the last call. */
    public void catchUp() throws IOException {
        synchronized (catchingUp) {
            List<LedgerEntry> batch;
            do {
                batch = ledger.entries(applied(), BATCH);
                apply(batch);
            } while (batch.size() == BATCH);
        }
    }

    void apply(List<LedgerEntry> entries) {
        synchronized (lock) {
            for (LedgerEntry entry : entries) {
                crowd.apply(entry);
                next = entry.index() + 1;
                lastLeafHash = entry.leafHash();
            }
        }
    }

    /** How many entries of the ledger are in this. */
    public long applied() {
        synchronized (lock) {
            return next;
        }
    }

    /** How many people are in each zone itself, without its sub-zones; the outside and empty zones are left out. */
    public Map<ZoneCode, Integer> counts() {
        synchronized (lock) {
            Map<ZoneCode, Integer> counts = new TreeMap<>(Comparator.comparing(ZoneCode::value));
            crowd.zones.forEach((code, zone) -> {
                if (zone.count() > 0) {
                    counts.put(code, zone.count());
                }
            });
            return counts;
        }
    }

    /** How many people are in a zone and its sub-zones. */
    public int count(ZoneCode zone) {
        synchronized (lock) {
            return crowd.zones.entrySet().stream()
                    .filter(each -> isIn(zone, each.getKey()))
                    .mapToInt(each -> each.getValue().count())
                    .sum();
        }
    }

    /** How many people are inside, in all zones. */
    public int total() {
        synchronized (lock) {
            return crowd.zones.values().stream().mapToInt(Zone::count).sum();
        }
    }

    /** How many of {@link #total} are counted without a name, since their key was shredded: nobody can call them out. */
    public int anonymous() {
        synchronized (lock) {
            return crowd.zones.values().stream().mapToInt(Zone::unnamed).sum();
        }
    }

    /** Where somebody is; empty if they are not inside, and no door leaves it open whether they are. */
    public Optional<Stay> stayOf(PersonId person) {
        synchronized (lock) {
            return Optional.ofNullable(crowd.people.get(person))
                    .filter(Place::mayBeInside)
                    .map(place -> stay(person, place));
        }
    }

    private static Stay stay(PersonId person, Place place) {
        Instant since = place.since.equals(Place.NEVER) ? place.maybeAt : place.since;
        return new Stay(person, place.zone, since, Optional.ofNullable(place.maybe));
    }

    /**
     * Everybody who is inside or may be, by zone and then by person: who has to be accounted for at the assembly point.
     * Who is outside, but may have gone in by a door that gave no answer, is among them and stays outside the counts.
     */
    public List<Stay> muster() {
        List<Stay> stays = new ArrayList<>();
        synchronized (lock) {
            for (Place place : crowd.people.places().values()) {
                PersonId person = place.person;
                if (person != null && place.mayBeInside()) {
                    stays.add(stay(person, place));
                }
            }
        }
        stays.sort(Comparator.comparing((Stay stay) -> stay.zone().value()).thenComparing(Stay::person));
        return List.copyOf(stays);
    }

    /**
     * The steps of a zone and its sub-zones that begin in a time, in order, up to the newest movement.
     *
     * @param from the first moment
     * @param to   the first moment after
     */
    public List<ZoneBucket> history(ZoneCode zone, Instant from, Instant to) {
        synchronized (lock) {
            List<ZoneSeries> series = crowd.zones.entrySet().stream()
                    .filter(each -> isIn(zone, each.getKey()))
                    .map(each -> each.getValue().series)
                    .filter(each -> each.end() > each.first())
                    .toList();
            if (series.isEmpty()) {
                return List.of();
            }
            Duration bucket = options.bucket();
            long first = series.stream().mapToLong(ZoneSeries::first).min().orElseThrow();
            long begin =
                    Math.max(firstStepFrom(from), Math.max(first, crowd.step(crowd.newest) - options.maxBuckets()));
            long end = Math.min(firstStepFrom(to), crowd.step(crowd.newest) + 1);
            int occupied =
                    series.stream().mapToInt(each -> each.occupiedBefore(begin)).sum();
            List<ZoneBucket> steps = new ArrayList<>();
            for (long step = begin; step < end; step++) {
                int entered = 0;
                int left = 0;
                for (ZoneSeries each : series) {
                    entered += each.entered(step);
                    left += each.left(step);
                }
                occupied += entered - left;
                steps.add(new ZoneBucket(Instant.ofEpochSecond(step * bucket.toSeconds()), entered, left, occupied));
            }
            return steps;
        }
    }

    private long firstStepFrom(Instant at) {
        long seconds = options.bucket().toSeconds();
        return Math.floorDiv(at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0) + seconds - 1, seconds);
    }

    /** How many people were in each zone itself on average, by the ends of the steps that begin in a time and are kept. */
    public Map<ZoneCode, Double> heatMap(Instant from, Instant to) {
        Map<ZoneCode, Double> heat = new TreeMap<>(Comparator.comparing(ZoneCode::value));
        synchronized (lock) {
            long known = crowd.zones.values().stream()
                    .mapToLong(zone -> zone.series.first())
                    .min()
                    .orElse(0);
            long first = Math.max(firstStepFrom(from), known);
            long steps = Math.min(firstStepFrom(to), crowd.step(crowd.newest) + 1) - first;
            crowd.zones.forEach((code, zone) -> {
                if (steps > 0) {
                    heat.put(code, zone.series.sumOccupied(first, first + steps) / (double) steps);
                }
            });
        }
        return heat;
    }

    /** What did not go together, the newest last, as many as the options keep. */
    public List<Anomaly> anomalies() {
        synchronized (lock) {
            return List.copyOf(crowd.anomalies);
        }
    }

    /** How often each kind of anomaly happened, also those that are no longer kept. */
    public Map<Anomaly.Kind, Long> anomalyCounts() {
        synchronized (lock) {
            return Map.copyOf(crowd.anomalyCounts);
        }
    }

    /**
     * Takes somebody's name away here, when it is shredded in the vault; they stay counted where they are. One that is
     * built anew from the ledger after the shredding follows them by their pseudonym, without a name, from the beginning.
     *
     * @return whether they were known
     */
    public boolean forget(PersonId person) {
        synchronized (lock) {
            return crowd.forget(person);
        }
    }

    private boolean isIn(ZoneCode outer, ZoneCode inner) {
        return options.site().map(site -> site.contains(outer, inner)).orElseGet(() -> outer.equals(inner));
    }

    @Override
    public String toString() {
        return "Presence[" + applied() + " entries, " + total() + " inside]";
    }

    /**
     * One person's stay in a zone.
     *
     * @param person who
     * @param zone   where
     * @param since  since when
     * @param maybe  where they are instead, if a door did what it gave no answer to; empty if it is certain
     */
    public record Stay(PersonId person, ZoneCode zone, Instant since, Optional<ZoneCode> maybe) {
        /** A stay that is certain. */
        public Stay(PersonId person, ZoneCode zone, Instant since) {
            this(person, zone, since, Optional.empty());
        }

        public Stay {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(maybe, "maybe");
        }
    }
}
