package io.gatehouse.policy.watch;

import io.gatehouse.core.identity.Directory;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.place.Site;
import io.gatehouse.policy.watch.FindingSink.Found;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Runs rules over a ledger: what is new in it, each time {@link #catchUp} is called, from its beginning or a later entry. It
 * keeps nothing of its own. After a restart it runs over the entries again, which finds the same findings with the same ids;
 * that is also how rules that were changed, or events that came too late, are run over history. Thread-safe.
 */
public final class WatchFeed {
    private final Ledger ledger;
    private final Watcher watcher;
    private final EventReader reader;
    private final FindingSink sink;
    private final List<Finding> untold;
    private long next;

    private WatchFeed(Ledger ledger, Watcher watcher, EventReader reader, FindingSink sink, List<Finding> untold) {
        this.ledger = ledger;
        this.watcher = watcher;
        this.reader = reader;
        this.sink = sink;
        this.untold = untold;
    }

    /**
     * A feed of a new watch, from the ledger's beginning.
     *
     * @param directory tells kinds and groups of people; asked only if a rule depends on them
     * @throws IllegalArgumentException if a rule names a zone or portal that the site does not have
     */
    public static WatchFeed create(
            Ledger ledger, Directory directory, Site site, WatchRules rules, WatcherOptions options, FindingSink sink) {
        return create(ledger, directory, site, rules, options, sink, 0);
    }

    /**
     * As {@link #create(Ledger, Directory, Site, WatchRules, WatcherOptions, FindingSink)}, from a later entry: what
     * happened before it is not known to rules.
     *
     * @param from the first entry that is read
     */
    public static WatchFeed create(
            Ledger ledger,
            Directory directory,
            Site site,
            WatchRules rules,
            WatcherOptions options,
            FindingSink sink,
            long from) {
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(sink, "sink");
        if (from < 0) {
            throw new IllegalArgumentException("the first entry of a ledger is 0, not " + from);
        }
        List<Finding> untold = new ArrayList<>();
        Consumer<Finding> keep = untold::add;
        Watcher watcher = Watcher.create(site, rules, options, keep);
        EventReader reader = new EventReader(ledger, directory, site, rules, watcher.needsPeople());
        WatchFeed feed = new WatchFeed(ledger, watcher, reader, sink, untold);
        feed.next = from;
        return feed;
    }

    /**
     * Reads every entry since the last call and hands over what was found.
     *
     * @param now by the ledger's clock; what has no event is found by it
     * @throws IOException if the ledger cannot be read or the sink takes nothing; what was found is handed over next time
     */
    public synchronized void catchUp(Instant now) throws IOException {
        ledger.outlines(next, outlines -> {
            for (Outline each : outlines) {
                Optional<WatchEvent> event = reader.read(each);
                event.ifPresent(watcher::accept);
                next = each.index() + 1;
            }
            handOver();
        });
        watcher.tick(now);
        handOver();
    }

    /** The first entry that was not read yet. */
    public synchronized long next() {
        return next;
    }

    /** How many events came too late to be followed in order. */
    public synchronized long lateEvents() {
        return watcher.lateEvents();
    }

    private void handOver() throws IOException {
        if (untold.isEmpty()) {
            return;
        }
        List<Found> found = new ArrayList<>();
        for (Finding finding : untold) {
            found.add(new Found(finding, finding.subject().isEmpty() ? Optional.empty() : person(finding.entry())));
        }
        sink.take(List.copyOf(found));
        untold.clear();
    }

    private Optional<PersonId> person(OptionalLong entry) throws IOException {
        List<LedgerEntry> read = entry.isEmpty() ? List.of() : ledger.entries(entry.getAsLong(), 1);
        return read.isEmpty() ? Optional.empty() : read.get(0).event().person();
    }
}
