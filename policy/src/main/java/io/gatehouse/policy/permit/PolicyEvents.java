package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Records what changes the rules. Who did it is sealed with the first of them. Thread-safe if the sink is. */
record PolicyEvents(Optional<EventSink> sink, InstantSource clock) {

    void policy(long version, Set<String> signers) throws IOException {
        if (sink.isPresent()) {
            sink.get()
                    .take(LedgerEvent.builder(EventKind.of("permit.policy"), clock.instant())
                            .fact("version", Long.toString(version))
                            .fact("signers", String.join(" ", new TreeSet<>(signers)))
                            .build());
        }
    }

    void change(String kind, String name, String value, Set<PersonId> by) throws IOException {
        if (sink.isEmpty()) {
            return;
        }
        LedgerEvent.Builder event =
                LedgerEvent.builder(EventKind.of(kind), clock.instant()).fact(name, value);
        Iterator<PersonId> people = new TreeSet<>(by).iterator();
        if (people.hasNext()) {
            event.person(people.next());
        }
        if (people.hasNext()) {
            event.personalFact("second", people.next().value());
        }
        sink.get().take(event.build());
    }
}
