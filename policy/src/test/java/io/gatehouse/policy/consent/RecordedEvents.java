package io.gatehouse.policy.consent;

import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps events in memory, each once, and fails when told to. */
final class RecordedEvents implements Ledger {
    private final List<LedgerEvent> events = new ArrayList<>();
    private boolean failsBefore;
    private boolean failsAfter;

    /** From now on, appending fails before anything is kept. */
    void failBefore(boolean fails) {
        failsBefore = fails;
    }

    /** From now on, appending keeps the event and fails then, as when the process dies before it hears the answer. */
    void failAfter(boolean fails) {
        failsAfter = fails;
    }

    List<LedgerEvent> events() {
        return List.copyOf(events);
    }

    List<String> kinds() {
        return events.stream().map(event -> event.kind().value()).toList();
    }

    @Override
    public LedgerEntry append(LedgerEvent event) throws IOException {
        if (failsBefore) {
            throw new IOException("the ledger's disk is full");
        }
        if (!events.contains(event)) {
            if (events.stream().anyMatch(it -> it.id().equals(event.id()))) {
                throw new IllegalArgumentException("another event has the id " + event.id());
            }
            events.add(event);
        }
        if (failsAfter) {
            throw new IOException("the ledger went away");
        }
        return new LedgerEntry(events.indexOf(event), Instant.EPOCH, event, "00");
    }

    @Override
    public long size() {
        return events.size();
    }

    @Override
    public List<LedgerEntry> entries(long from, int limit) {
        throw new UnsupportedOperationException("only appending is tried here");
    }

    @Override
    public Checkpoint checkpoint() {
        throw new UnsupportedOperationException("only appending is tried here");
    }
}
