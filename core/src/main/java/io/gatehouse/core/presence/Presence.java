package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Who is in which zone since when, counted from what a ledger says happened: each door that opened for somebody put them
 * into the zone behind it, and a guard's {@link PresenceCorrection} puts right what doors cannot see. Thread-safe;
 * questions do not wait for the ledger. It keeps nothing of its own and catches up with the ledger by {@link #catchUp},
 * from the beginning if it is new, or from a {@link #snapshot}.
 */
public final class Presence {
    private final Ledger ledger;
    private final PresenceOptions options;
    private final Crowd crowd;
    private final Names names;
    private final Object catchingUp = new Object();
    private final Object lock = new Object();
    private long next;
    private String lastLeafHash = "";
    private long forgettings;

    private Presence(Ledger ledger, PresenceOptions options, Crowd crowd, long next, String lastLeafHash) {
        this.ledger = ledger;
        this.options = options;
        this.crowd = crowd;
        this.names = new Names(ledger);
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
        Presence presence = new Presence(ledger, options, read.crowd(), read.next(), read.lastLeafHash());
        if (read.next() > 0) {
            if (ledger.size() < read.next()
                    || !presence.names.open(read.next() - 1).leafHash().equals(read.lastLeafHash())) {
                throw new LedgerException("the snapshot of presence is not of this ledger: entry " + (read.next() - 1)
                        + " is another one, or gone");
            }
            presence.tellNames();
        }
        return presence;
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

    /**
     * Applies every entry since the last call. Of the entries only the outlines are read; then the names of who is inside,
     * as far as they are new here, are read too, so that a muster list is there also when the ledger is not.
     */
    public void catchUp() throws IOException {
        synchronized (catchingUp) {
            ledger.outlines(applied(), this::apply);
            tellNames();
        }
    }

    void apply(List<Outline> outlines) throws IOException {
        for (int done = applyWhatCanBe(outlines, 0); done < outlines.size(); done = applyWhatCanBe(outlines, done)) {
            ask(crowd::lacking, crowd::tell);
        }
    }

    /** Until all are applied, or one for which names must be told first. */
    private int applyWhatCanBe(List<Outline> outlines, int from) {
        synchronized (lock) {
            for (int at = from; at < outlines.size(); at++) {
                Outline entry = outlines.get(at);
                if (!crowd.apply(entry)) {
                    return at;
                }
                next = entry.index() + 1;
                lastLeafHash = entry.leafHash();
            }
            return outlines.size();
        }
    }

    private void tellNames() throws IOException {
        ask(crowd::lackingAnywhere, crowd::tellAnywhere);
    }

    private interface Telling {
        void tell(Map<String, LedgerEntry> answers) throws LedgerException;
    }

    /** Opens an entry of each whose name is lacking, while questions are answered. */
    private void ask(Supplier<Map<String, Long>> lacking, Telling telling) throws IOException {
        boolean isTold = false;
        while (!isTold) {
            Map<String, Long> asks;
            long before;
            synchronized (lock) {
                asks = lacking.get();
                before = forgettings;
            }
            Map<String, LedgerEntry> answers = names.open(asks);
            synchronized (lock) {
                // Whoever was forgotten meanwhile must not be named by what was read before.
                isTold = before == forgettings;
                if (isTold) {
                    telling.tell(answers);
                }
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
            crowd.zones.all().forEach((code, zone) -> {
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
            return crowd.zones.all().entrySet().stream()
                    .filter(each -> options.isIn(zone, each.getKey()))
                    .mapToInt(each -> each.getValue().count())
                    .sum();
        }
    }

    /** How many people are inside, in all zones. */
    public int total() {
        synchronized (lock) {
            return crowd.zones.total();
        }
    }

    /**
     * How many of {@link #total} are counted without a name, since their key was shredded: nobody can call them out. While
     * it catches up, also those whose names were not read yet.
     */
    public int anonymous() {
        synchronized (lock) {
            return crowd.zones.unnamed();
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
            return new ZoneHistory(options, crowd).history(zone, from, to);
        }
    }

    /** How many people were in each zone itself on average, by the ends of the steps that begin in a time and are kept. */
    public Map<ZoneCode, Double> heatMap(Instant from, Instant to) {
        synchronized (lock) {
            return new ZoneHistory(options, crowd).heatMap(from, to);
        }
    }

    /** What did not go together, the newest last, as many as the options keep. */
    public List<Anomaly> anomalies() {
        synchronized (lock) {
            return crowd.anomalies.list();
        }
    }

    /** How often each kind of anomaly happened, also those that are no longer kept. */
    public Map<Anomaly.Kind, Long> anomalyCounts() {
        synchronized (lock) {
            return Map.copyOf(crowd.anomalies.counts());
        }
    }

    /**
     * Takes somebody's name away here, when it is shredded in the vault; they stay counted where they are. One that is
     * built anew from the ledger after the shredding follows them by their pseudonym, without a name, from the beginning.
     *
     * @return whether they were known by name: where they are, or may be
     */
    public boolean forget(PersonId person) {
        synchronized (lock) {
            forgettings++;
            return crowd.forget(person);
        }
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
