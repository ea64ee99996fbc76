package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.policy.consent.NoticeTables.InForce;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Publishes notices and says which is in force. Notices are never taken back. Thread-safe. */
record Notices(Store store, ConsentOutbox outbox) {
    void publish(Notice notice, Purpose purpose, DataClass dataClass, Instant now) throws StoreException {
        store.write(connection -> {
            NoticeTables.keep(connection, notice);
            Optional<InForce> before = NoticeTables.inForce(connection, purpose, dataClass)
                    .filter(it -> it.noticeId().equals(notice.id()));
            if (before.isPresent() && before.get().version() > notice.version()) {
                throw new IllegalArgumentException("version " + before.get().version() + " of notice " + notice.id()
                        + " is in force: give an older text a new version instead of " + notice.version());
            }
            if (before.isEmpty() || before.get().version() < notice.version()) {
                InForce change = new InForce(UUID.randomUUID(), purpose, dataClass, notice.id(), notice.version(), now);
                NoticeTables.putInForce(connection, change);
                outbox.add(connection, change.id());
            }
            return true;
        });
    }

    Optional<Notice> inForce(Purpose purpose, DataClass dataClass, String language) throws StoreException {
        return store.read(connection -> {
            Optional<InForce> inForce = NoticeTables.inForce(connection, purpose, dataClass);
            return inForce.isEmpty()
                    ? Optional.empty()
                    : NoticeTables.find(
                            connection, inForce.get().noticeId(), inForce.get().version(), language);
        });
    }

    void requirePublished(Notice shown, ConsentSubject subject) throws StoreException {
        if (!store.<Boolean>read(connection -> NoticeTables.wasInForce(connection, shown, subject))) {
            throw new IllegalArgumentException("notice " + shown.id() + " version " + shown.version() + " in "
                    + shown.language() + " was never published for " + subject.dataClass() + " and "
                    + subject.purpose());
        }
    }
}
