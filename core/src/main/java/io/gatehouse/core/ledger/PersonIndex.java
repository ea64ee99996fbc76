package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntryWriter.Recorded;
import io.gatehouse.core.ledger.PersonTables.Place;
import io.gatehouse.core.ledger.PersonTables.Run;
import io.gatehouse.core.ledger.PersonTables.Seen;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a person's entries. Thread-safe.
 *
 * <p>Pseudonyms are random, so an index over all entries has a page to change for nearly each entry: that cost more than
 * all the rest of an append together. Here the newest entries are listed in memory. Each time they are {@link #RUN},
 * they are sorted and written as one run: the run stands first in the table's key, so that its rows fill pages one after
 * the other and no earlier page is touched. That is done slice by slice, each in the transaction of the entries that are
 * appended, since all at once would hold them up for 60 ms; the last slice makes the run known, until then memory answers.
 * A run covers all entries between two positions, so what is after the last one is read back at a start, and what is left
 * of an unfinished run goes. A search looks into memory and then into one run after the other, and ends where the rest
 * holds nothing newer, or older, than it found. (The idea is the log-structured merge tree of O'Neil et al., 1996.)
 *
 * <p>Runs are not merged with each other, which would write every row several times: ten million entries have 306. Whom a
 * run does not list its {@link PersonFilter} says, so that who was seen once is looked for in few of them. Filters are in
 * memory, a byte for each person of a run, of the newest {@link #FILTERS} runs at most.
 */
final class PersonIndex {
    /** How many entries a run covers: the lists of two in memory take some 8 MB. */
    static final int RUN = 32_768;

    /** With 32 KiB each at most that is 64 MiB, for 67 million entries. */
    static final int FILTERS = 2_048;

    /** So many rows are written with an append, at least: few, so that none takes much longer than others. */
    static final int SLICE = 8;

    private final Store store;
    private final int runSize;
    private volatile State state = new State(List.of(), Map.of(), null, new PersonTail(0));

    /**
     * All change together.
     *
     * @param filters of runs by their start, as far as there are
     * @param pending what is being written
     * @param tail    what comes behind it
     */
    private record State(
            List<Run> runs,
            Map<Long, PersonFilter> filters,
            @Nullable PendingRun pending,
            PersonTail tail) {
        boolean mayList(Run run, Pseudonym pseudonym) {
            PersonFilter filter = filters.get(run.start());
            return filter == null || filter.mayHold(pseudonym);
        }
    }

    /** @param runSize how many entries a run covers; {@link #RUN} but in tests */
    PersonIndex(Store store, int runSize) {
        this.store = store;
        this.runSize = runSize;
    }

    /** Reads what no run covers yet, and writes runs of it while it is enough for one; for whoever writes the ledger. */
    synchronized void load() throws IOException {
        ListingEnds.cut(store);
        state = begin(store.read(PersonTables::runs), Map.of());
        removeUnfinished();
        addFilters();
        while (readOn()) {
            writeRun();
        }
    }

    private void writeRun() throws IOException {
        beginRunIfFull();
        Optional<Slice> all = slice(runSize);
        if (all.isPresent()) {
            store.write(connection -> {
                all.get().write(connection);
                return true;
            });
            add(all, List.of());
        }
    }

    /** Reads what another program has written since; for whoever does not write the ledger. */
    synchronized void follow() throws IOException {
        List<Run> runs = store.read(PersonTables::soundRuns);
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
                null,
                new PersonTail(runs.isEmpty() ? 0 : runs.get(runs.size() - 1).end()));
    }

    /** The slices of a run that a program left when it ended or failed. */
    private void removeUnfinished() throws IOException {
        long end = state.tail().start();
        if (store.read(connection -> PersonTables.hasRowsFrom(connection, end))) {
            store.write(connection -> PersonTables.deleteRowsFrom(connection, end));
        }
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
        state = new State(state.runs(), filters, state.pending(), state.tail());
    }

    /** Whether there may be more. */
    private boolean readOn() throws IOException {
        PersonTail tail = state.tail();
        List<Seen> seen = store.read(connection -> PersonTables.seen(connection, tail.end(), runSize));
        seen.forEach(tail::note);
        return seen.size() == runSize;
    }

    /** That a slice and entries are durable. */
    synchronized void add(Optional<Slice> slice, List<Recorded> recorded) {
        slice.filter(Slice::isLast).ifPresent(last -> finish(last.pending()));
        PersonTail tail = state.tail();
        for (Recorded each : recorded) {
            if (each.before() == null) {
                SealedEntry entry = each.entry();
                Pseudonym pseudonym =
                        entry.sealed().pseudonym().map(Pseudonym::of).orElse(Pseudonym.NOBODY);
                long nanos = IndexColumns.nanos(entry.event().occurredAt());
                tail.note(new Seen(pseudonym, new Place(nanos, each.position())));
            }
        }
        beginRunIfFull();
    }

    /** Rows of a run on their way into the tables, and whether they are the last of it. */
    record Slice(PendingRun pending, List<Seen> rows, boolean isLast) {
        void write(Connection connection) throws SQLException {
            PersonTables.insertRows(connection, pending.run(), rows);
            if (isLast) {
                PersonTables.insert(connection, pending.run(), pending.filter());
            }
        }
    }

    /**
     * The next slice of the run that is begun, to be written with so many entries: all of it that is left if the next run
     * is full too. When it is durable, {@link #add} must be told, and if writing it fails, {@link #load} be called before
     * anything is written again; what is found stays what it was.
     */
    synchronized Optional<Slice> slice(int coming) {
        PendingRun pending = state.pending();
        if (pending == null) {
            return Optional.empty();
        }
        List<Seen> rows = pending.next(isFull(state.tail()) ? Integer.MAX_VALUE : Math.max(SLICE, 2 * coming));
        return Optional.of(new Slice(pending, rows, pending.isDone()));
    }

    private boolean isFull(PersonTail tail) {
        return tail.end() - tail.start() >= runSize;
    }

    private void beginRunIfFull() {
        PersonTail tail = state.tail();
        if (state.pending() == null && isFull(tail)) {
            state = new State(state.runs(), state.filters(), PendingRun.of(tail), new PersonTail(tail.end()));
        }
    }

    private void finish(PendingRun pending) {
        List<Run> runs = new ArrayList<>(state.runs());
        runs.add(pending.run());
        Map<Long, PersonFilter> filters = new HashMap<>(state.filters());
        filters.put(pending.run().start(), pending.filter());
        if (runs.size() > FILTERS) {
            filters.remove(runs.get(runs.size() - FILTERS - 1).start());
        }
        state = new State(List.copyOf(runs), filters, null, state.tail());
    }

    /** Where to look for a person's entries, in runs that may list them; all of {@code newest} are durable. */
    record Look(List<Run> runs, List<Place> newest) {}

    /** As it is now; take it before the transaction that reads the entries begins. */
    Look look(byte[] pseudonym) {
        State now = state;
        Pseudonym key = Pseudonym.of(pseudonym);
        List<Run> runs =
                now.runs().stream().filter(run -> now.mayList(run, key)).toList();
        List<Place> newest = new ArrayList<>(now.tail().of(key));
        PendingRun pending = now.pending();
        if (pending != null) {
            newest.addAll(pending.tail().of(key));
        }
        return new Look(runs, newest);
    }
}
