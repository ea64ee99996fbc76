package io.gatehouse.policy.consent;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.policy.consent.NoticeTables.InForce;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings each change into the ledger. A change and its place in the outbox are committed together; afterwards it is
 * appended to the ledger and leaves the outbox. Since the ledger takes the same event only once, a crash between the
 * two repeats the append and nothing else. A ledger that fails does not hold up a withdrawal.
 */
final class ConsentOutbox {
    private static final Logger LOG = System.getLogger(ConsentOutbox.class.getName());
    private static final int BATCH = 500;

    private final Store store;
    private final ConsentPeople people;
    private final Optional<Ledger> ledger;

    ConsentOutbox(Store store, ConsentPeople people, Optional<Ledger> ledger) {
        this.store = store;
        this.people = people;
        this.ledger = ledger;
    }

    /** Called within the transaction that makes the change. */
    void add(Connection connection, UUID changeId) throws SQLException {
        if (ledger.isPresent()) {
            ConsentTables.update(connection, "INSERT INTO consent_outbox (change_id) VALUES (?)", changeId.toString());
        }
    }

    /** Sends what waits, oldest first, until there is nothing left or the ledger fails; true if nothing is left. */
    synchronized boolean send() {
        if (ledger.isEmpty()) {
            return true;
        }
        try {
            List<LedgerEvent> waiting = waiting();
            while (!waiting.isEmpty()) {
                for (LedgerEvent event : waiting) {
                    ledger.get().append(event);
                    remove(event.id());
                }
                waiting = waiting();
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "changes of consent wait to be recorded in the ledger", e);
            return false;
        }
    }

    private void remove(UUID changeId) throws StoreException {
        store.write(connection -> ConsentTables.update(
                connection, "DELETE FROM consent_outbox WHERE change_id = ?", changeId.toString()));
    }

    /** Notices go first: answers depend on them. */
    private List<LedgerEvent> waiting() throws IOException {
        List<LedgerEvent> events = new ArrayList<>();
        List<StoredAnswer> answers = store.read(connection -> {
            NoticeTables.unrecorded(connection, BATCH).forEach(change -> events.add(event(change)));
            return ConsentTables.unrecorded(connection, BATCH);
        });
        for (StoredAnswer answer : answers) {
            events.add(event(answer, people.open(answer)));
        }
        return events;
    }

    private static LedgerEvent event(InForce change) {
        return LedgerEvent.builder(EventKind.of("consent.notice"), change.at())
                .id(change.id())
                .fact("purpose", change.purpose().value())
                .fact("data-class", change.dataClass().value())
                .fact("notice", change.noticeId())
                .fact("notice-version", Integer.toString(change.version()))
                .build();
    }

    /**
     * The means may name a place or a witness, so it is sealed with the person's key.
     *
     * @param record empty if the person was shredded: that somebody answered is on record all the same
     */
    private static LedgerEvent event(StoredAnswer answer, Optional<ConsentRecord> record) {
        String word = answer.answer().name().toLowerCase(Locale.ROOT);
        LedgerEvent.Builder event = LedgerEvent.builder(EventKind.of("consent." + word), answer.at())
                .id(answer.id())
                .fact("purpose", answer.purpose().value())
                .fact("data-class", answer.dataClass().value())
                .fact("notice", answer.noticeId())
                .fact("notice-version", Integer.toString(answer.noticeVersion()))
                .fact("notice-language", answer.noticeLanguage())
                .fact("notice-sha256", answer.noticeSha256());
        answer.expiresAt().ifPresent(end -> event.fact("expires", end.toString()));
        if (answer.sealedGuardian().isPresent()) {
            event.fact("by", "guardian");
        }
        record.ifPresent(known -> event.person(known.subject().person()).personalFact("how", known.how()));
        record.flatMap(known -> known.terms().guardian())
                .ifPresent(guardian -> event.personalFact("guardian", guardian.name())
                        .personalFact("guardian-relation", guardian.relation()));
        return event.build();
    }
}
