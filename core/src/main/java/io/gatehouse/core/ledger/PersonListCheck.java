package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.PersonTables.Place;
import io.gatehouse.core.ledger.PersonTables.Run;
import io.gatehouse.core.ledger.PersonTables.Seen;
import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the lists by which a person's entries are found against the entries: what is not listed would not be found, and
 * nobody would miss it. Given the entries in order, it compares each run when its last entry has come. Used once, by one
 * thread at a time; it keeps the persons of one run and one slice.
 */
final class PersonListCheck {
    private static final int MAX_KNOWN = 65_536;
    private static final int MAX_RUN = 1 << 20;

    private final Store store;
    private final List<Run> runs;
    private final Lead lead;
    private final List<Seen> seen = new ArrayList<>();
    /** Pseudonyms whose way to a person is there, as far as memory is given to it. */
    private final Set<Pseudonym> led = new HashSet<>();

    private int run;

    /** What leads from a pseudonym to a person. */
    @FunctionalInterface
    interface Lead {
        /** Whether this is as it was sealed; that it is there is all that can be said without a vault. */
        boolean isWhole(byte[] pseudonym, byte[] sealed) throws IOException;
    }

    private PersonListCheck(Store store, List<Run> runs, Lead lead) {
        this.store = store;
        this.runs = runs;
        this.lead = lead;
    }

    /** Before the first entry; says whether the runs follow each other without a gap. */
    static PersonListCheck begin(Store store, Lead lead, Findings findings) throws IOException {
        PersonListCheck check = new PersonListCheck(store, store.read(PersonTables::runs), lead);
        check.checkRuns(findings);
        ListingEnds.check(store, findings);
        return check;
    }

    /** In the middle: of the run in which that lies the entries before it are read again. */
    static PersonListCheck goOn(Store store, Lead lead, long position) throws IOException {
        PersonListCheck check = new PersonListCheck(store, store.read(PersonTables::runs), lead);
        check.skipTo(position);
        return check;
    }

    private void skipTo(long position) throws IOException {
        while (run < runs.size() && runs.get(run).end() <= position) {
            run++;
        }
        if (run == runs.size() || isNoRun(runs.get(run))) {
            return;
        }
        long start = runs.get(run).start();
        if (start < position) {
            int before = (int) (position - start);
            store.read(connection -> PersonTables.seen(connection, start, before)).stream()
                    .filter(each -> !each.pseudonym().isNobody() && each.place().position() < position)
                    .forEach(seen::add);
        }
    }

    private void checkRuns(Findings findings) {
        long covered = 0;
        for (Run each : runs) {
            if (each.start() != covered) {
                disagrees(findings, Math.min(covered, each.start()), Math.max(covered, each.start()));
            }
            covered = each.end();
        }
    }

    /**
     * The next entries that have a person.
     *
     * @param end the position after the last entry that was looked at
     */
    void take(List<Seen> more, long end, Findings findings) throws IOException {
        checkPersons(more, findings);
        seen.addAll(more);
        for (; run < runs.size() && (runs.get(run).end() <= end || isNoRun(runs.get(run))); run++) {
            Run whole = runs.get(run);
            List<Seen> its = seen.subList(before(whole.start()), before(whole.end()));
            if (isNoRun(whole) || !isListed(whole, its)) {
                disagrees(findings, whole.start(), whole.end());
            }
            seen.subList(0, before(whole.end())).clear();
        }
        if (run == runs.size()) {
            seen.clear();
        }
    }

    /** How many of those that were seen stand before a position; they came in order. */
    private int before(long position) {
        int from = 0;
        int until = seen.size();
        while (from < until) {
            int middle = (from + until) >>> 1;
            if (seen.get(middle).place().position() < position) {
                from = middle + 1;
            } else {
                until = middle;
            }
        }
        return from;
    }

    /** One that was altered may not make this gather the whole ledger, nor end before it starts. */
    private static boolean isNoRun(Run run) {
        return run.end() <= run.start() || run.end() - run.start() > MAX_RUN || run.start() < 0;
    }

    private boolean isListed(Run whole, List<Seen> its) throws IOException {
        return Run.of(whole.start(), whole.end(), its).equals(whole)
                && store.read(connection -> PersonTables.filter(connection, whole))
                        .map(filter -> filter.equals(PersonFilter.of(its)))
                        .orElse(true)
                && store.read(connection -> PersonTables.lists(connection, whole, its));
    }

    /** A pseudonym leads to a row also after a shredding: what is gone then is the key. */
    private void checkPersons(List<Seen> more, Findings findings) throws IOException {
        if (led.size() > MAX_KNOWN) {
            led.clear();
        }
        for (Seen each : more) {
            if (led.add(each.pseudonym()) && !leads(each.pseudonym().bytes())) {
                long position = each.place().position();
                findings.add(
                        Kind.ALTERED,
                        position,
                        "What leads from the pseudonym in entry " + position
                                + " to a person is gone or not what was sealed: it was altered.");
            }
        }
    }

    private boolean leads(byte[] pseudonym) throws IOException {
        Optional<byte[]> sealed = store.read(connection -> SealedPersons.of(connection, pseudonym));
        return sealed.isPresent() && lead.isWhole(pseudonym, sealed.get());
    }

    private static void disagrees(Findings findings, long start, long end) {
        findings.add(
                Kind.ALTERED,
                start,
                "The list of persons of entries " + start + " to " + (end - 1)
                        + " does not agree with them: it was altered.");
    }

    /** What an entry is to be listed under; nothing if it has no person. */
    static void note(List<Seen> list, long position, IndexColumns columns) {
        Pseudonym pseudonym = columns.pseudonym();
        if (pseudonym != null) {
            list.add(new Seen(pseudonym, new Place(columns.occurredNanos(), position)));
        }
    }
}
