package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntryWriter.Recorded;
import io.gatehouse.core.ledger.PersonTables.Place;
import io.gatehouse.core.ledger.PersonTables.Run;
import io.gatehouse.core.ledger.PersonTables.Seen;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds a person's entries. Thread-safe.
 *
 * <p>Pseudonyms are random, so an index over all entries has a page to change for nearly each entry: that cost more than
 * all the rest of an append together. Here the newest entries are listed in memory. Each time they are {@link #RUN},
 * they are sorted and written as one run: the run stands first in the table's key, so that its rows fill pages one after
 * the other and no earlier page is touched. A run covers all entries between two positions, so what is after the last
 * one is read back at a start. A search looks into memory and then into one run after the other, and ends where the rest
 * holds nothing newer, or older, than it found. (The idea is the log-structured merge tree of O'Neil et al., 1996.)
 *
 * <p>Runs are not merged with each other, which would write every row several times: ten million entries have 306. Whom a
 * run does not list its {@link PersonFilter} says, so that who was seen once is looked for in few of them. Filters are in
 * memory, a byte for each person of a run, of the newest {@link #FILTERS} runs at most.
 */
final class PersonIndex {
    /** How many entries a run covers: writing one takes some 60 ms, and the list in memory some 4 MB. */
    static final int RUN = 32_768;

    /** With 32 KiB each at most that is 64 MiB, for 67 million entries. */
    static final int FILTERS = 2_048;

    private final Store store;
    private final int runSize;
    private volatile State state = new State(List.of(), Map.of(), new Tail(0));

    /**
     * All change together.
     *
     * @param filters of runs by their start, as far as there are
     */
    private record State(List<Run> runs, Map<Long, PersonFilter> filters, Tail tail) {
        boolean mayList(Run run, ByteBuffer pseudonym) {
            PersonFilter filter = filters.get(run.start());
            return filter == null || filter.mayHold(pseudonym);
        }
    }

    /** The newest entries, by pseudonym. */
    private static final class Tail {
        private final long start;
        private final Map<ByteBuffer, List<Place>> places = new ConcurrentHashMap<>();
        private long end;

        Tail(long start) {
            this.start = start;
            this.end = start;
        }

        private void add(ByteBuffer pseudonym, Place place) {
            List<Place> list = places.computeIfAbsent(pseudonym, any -> new ArrayList<>(2));
            synchronized (list) {
                list.add(place);
            }
        }

        private List<Place> of(ByteBuffer pseudonym) {
            List<Place> list = places.get(pseudonym);
            if (list == null) {
                return List.of();
            }
            synchronized (list) {
                return List.copyOf(list);
            }
        }

        private List<Seen> sorted() {
            List<Seen> all = new ArrayList<>();
            places.keySet().forEach(pseudonym -> of(pseudonym).forEach(place -> all.add(new Seen(pseudonym, place))));
            all.sort(PersonTables.ORDER);
            return all;
        }
    }

    /** @param runSize how many entries a run covers; {@link #RUN} but in tests */
    PersonIndex(Store store, int runSize) {
        this.store = store;
        this.runSize = runSize;
    }

    /** Reads what no run covers yet, and writes runs of it while it is enough for one; for whoever writes the ledger. */
    synchronized void load() throws IOException {
        state = begin(store.read(PersonTables::runs), Map.of());
        addFilters();
        while (readOn()) {
            flushIfDue();
        }
    }

    /** Reads what another program has written since; for whoever does not write the ledger. */
    synchronized void follow() throws IOException {
        List<Run> runs = store.read(PersonTables::runs);
        if (!runs.equals(state.runs())) {
            state = begin(runs, state.filters());
        }
        while (readOn()) {
            // As much as there is.
        }
    }

    private State begin(List<Run> runs, Map<Long, PersonFilter> known) throws IOException {
        Map<Long, PersonFilter> filters = new HashMap<>();
        for (Run run : filtered(runs)) {
            PersonFilter filter = known.get(run.start());
            Optional<PersonFilter> there = filter == null
                    ? store.read(connection -> PersonTables.filter(connection, run))
                    : Optional.of(filter);
            there.ifPresent(each -> filters.put(run.start(), each));
        }
        return new State(
                List.copyOf(runs),
                filters,
                new Tail(runs.isEmpty() ? 0 : runs.get(runs.size() - 1).end()));
    }

    private static List<Run> filtered(List<Run> runs) {
        return runs.subList(Math.max(0, runs.size() - FILTERS), runs.size());
    }

    /** Those of a database from before there were filters; each is kept, whatever happens to the next. */
    private void addFilters() throws IOException {
        Map<Long, PersonFilter> filters = new HashMap<>(state.filters());
        for (Run run : filtered(state.runs())) {
            if (!filters.containsKey(run.start())) {
                filters.put(run.start(), store.write(connection -> PersonTables.addFilter(connection, run)));
            }
        }
        state = new State(state.runs(), filters, state.tail());
    }

    /** Whether there may be more. */
    private boolean readOn() throws IOException {
        Tail tail = state.tail();
        List<Seen> seen = store.read(connection -> PersonTables.seen(connection, tail.end, runSize));
        seen.forEach(each -> note(tail, each));
        return seen.size() == runSize;
    }

    private static void note(Tail tail, Seen each) {
        if (each.place().position() < tail.end) {
            return;
        }
        if (each.pseudonym().hasRemaining()) {
            tail.add(each.pseudonym(), each.place());
        }
        tail.end = each.place().position() + 1;
    }

    /** That entries are durable. */
    synchronized void add(List<Recorded> recorded) {
        Tail tail = state.tail();
        for (Recorded each : recorded) {
            if (each.before() == null) {
                SealedEntry entry = each.entry();
                ByteBuffer pseudonym =
                        ByteBuffer.wrap(entry.sealed().pseudonym().orElseGet(() -> new byte[0]));
                long nanos = IndexColumns.nanos(entry.event().occurredAt());
                note(tail, new Seen(pseudonym, new Place(nanos, each.position())));
            }
        }
    }

    /** Writes the newest entries as a run if they are enough for one. If that fails, nothing has changed here. */
    synchronized void flushIfDue() throws IOException {
        State before = state;
        Tail tail = before.tail();
        if (tail.end - tail.start < runSize) {
            return;
        }
        List<Seen> sorted = tail.sorted();
        Run run = Run.of(tail.start, tail.end, sorted);
        PersonFilter filter = PersonFilter.of(sorted);
        store.write(connection -> {
            PersonTables.insert(connection, run, filter, sorted);
            return run;
        });
        List<Run> runs = new ArrayList<>(before.runs());
        runs.add(run);
        Map<Long, PersonFilter> filters = new HashMap<>(before.filters());
        filters.put(run.start(), filter);
        if (runs.size() > FILTERS) {
            filters.remove(runs.get(runs.size() - FILTERS - 1).start());
        }
        state = new State(List.copyOf(runs), filters, new Tail(tail.end));
    }

    /** Where to look for a person's entries, in runs that may list them; all of {@code newest} are durable. */
    record Look(List<Run> runs, List<Place> newest) {}

    /** As it is now; take it before the transaction that reads the entries begins. */
    Look look(byte[] pseudonym) {
        State now = state;
        ByteBuffer key = ByteBuffer.wrap(pseudonym);
        List<Run> runs =
                now.runs().stream().filter(run -> now.mayList(run, key)).toList();
        return new Look(runs, now.tail().of(key));
    }
}
