package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.policy.consent.FollowUp.Action;
import io.gatehouse.policy.consent.NoticeTables.InForce;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A consent register in tables of its own. Thread-safe. With a ledger, each change becomes an entry there
 * ({@code consent.given}, {@code consent.refused}, {@code consent.withdrawn}, {@code consent.notice}) as soon as the
 * ledger takes it; the person is sealed in it. It must not be called within a work of the same store that writes.
 */
public final class JdbcConsentRegister implements ConsentRegister {
    private static final Logger LOG = System.getLogger(JdbcConsentRegister.class.getName());

    private final Store store;
    private final InstantSource clock;
    private final ConsentOutbox outbox;
    private final List<Consumer<? super FollowUp>> listeners = new CopyOnWriteArrayList<>();

    private JdbcConsentRegister(Store store, InstantSource clock, Optional<Ledger> ledger) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.outbox = new ConsentOutbox(store, ledger);
    }

    /** Brings the tables up to date. */
    public static JdbcConsentRegister create(Store store, InstantSource clock) throws StoreException {
        return create(store, clock, Optional.empty());
    }

    /** Brings the tables up to date, and into the ledger what an earlier run could not. */
    public static JdbcConsentRegister create(Store store, InstantSource clock, Ledger ledger) throws StoreException {
        return create(store, clock, Optional.of(ledger));
    }

    private static JdbcConsentRegister create(Store store, InstantSource clock, Optional<Ledger> ledger)
            throws StoreException {
        store.migrate(ConsentTables.ROOM, ConsentTables.SCRIPTS);
        JdbcConsentRegister register = new JdbcConsentRegister(store, clock, ledger);
        register.recordPending();
        return register;
    }

    /** Tries again to bring changes into a ledger that failed; every change does so too. True if nothing waits. */
    public boolean recordPending() {
        return outbox.send();
    }

    @Override
    public Answer basisFor(PersonId person, Purpose purpose, DataClass dataClass) {
        ConsentSubject subject = new ConsentSubject(person, purpose, dataClass);
        try {
            return store.read(connection -> {
                Optional<ConsentRecord> last = ConsentTables.last(connection, subject);
                Optional<InForce> inForce = NoticeTables.inForce(connection, purpose, dataClass);
                return answer(subject, last, inForce);
            });
        } catch (StoreException | RuntimeException e) {
            LOG.log(Level.ERROR, "consent cannot be looked up: the answer is no", e);
            return Answer.refused(Reason.of(
                    "consent.unavailable",
                    "Consent cannot be looked up at present, so these data are not used: use another way."));
        }
    }

    private static Answer answer(ConsentSubject subject, Optional<ConsentRecord> last, Optional<InForce> inForce) {
        if (last.isEmpty()) {
            return no("consent.none", "There is no consent to use %s for %s: show the notice and ask first.", subject);
        }
        return switch (last.get().answer()) {
            case REFUSED -> no("consent.refused", "Consent to use %s for %s was refused: use another way.", subject);
            case WITHDRAWN ->
                no("consent.withdrawn", "Consent to use %s for %s was withdrawn: use another way.", subject);
            case GIVEN ->
                inForce.filter(notice -> notice.isVersionOf(last.get())).isPresent()
                        ? Answer.lawful()
                        : no("consent.outdated", "The notice on %s for %s has changed since: ask again.", subject);
        };
    }

    private static Answer no(String code, String format, ConsentSubject subject) {
        return Answer.refused(Reason.format(code, format, subject.dataClass(), subject.purpose()));
    }

    @Override
    public void publish(Notice notice, Purpose purpose, DataClass dataClass) throws StoreException {
        store.write(connection -> {
            NoticeTables.keep(connection, notice);
            Optional<InForce> before = NoticeTables.inForce(connection, purpose, dataClass)
                    .filter(it -> it.noticeId().equals(notice.id()));
            if (before.isPresent() && before.get().version() > notice.version()) {
                throw new IllegalArgumentException("version " + before.get().version() + " of notice " + notice.id()
                        + " is in force: give an older text a new version instead of " + notice.version());
            }
            if (before.isEmpty() || before.get().version() < notice.version()) {
                InForce change =
                        new InForce(UUID.randomUUID(), purpose, dataClass, notice.id(), notice.version(), now());
                NoticeTables.putInForce(connection, change);
                outbox.add(connection, change.id());
            }
            return true;
        });
        outbox.send();
    }

    @Override
    public Optional<Notice> noticeInForce(Purpose purpose, DataClass dataClass, String language) throws StoreException {
        return store.read(connection -> {
            Optional<InForce> inForce = NoticeTables.inForce(connection, purpose, dataClass);
            return inForce.isEmpty()
                    ? Optional.empty()
                    : NoticeTables.find(
                            connection, inForce.get().noticeId(), inForce.get().version(), language);
        });
    }

    @Override
    public ConsentRecord give(ConsentSubject subject, Notice shown, String how) throws StoreException {
        ConsentRecord given = store.write(connection -> {
            ConsentRecord record = answered(connection, subject, ConsentAnswer.GIVEN, shown, how);
            keep(connection, record);
            return record;
        });
        outbox.send();
        return given;
    }

    @Override
    public FollowUp refuse(ConsentSubject subject, Notice shown, String how) throws StoreException {
        return end(store.write(
                connection -> refuse(connection, answered(connection, subject, ConsentAnswer.REFUSED, shown, how))));
    }

    @Override
    public FollowUp withdraw(ConsentSubject subject, String how) throws StoreException {
        return end(store.write(connection -> {
            ConsentRecord last = ConsentTables.last(connection, subject)
                    .orElseThrow(() -> new IllegalArgumentException("there is no answer to withdraw about " + subject));
            return refuse(
                    connection,
                    new ConsentRecord(
                            UUID.randomUUID(),
                            subject,
                            ConsentAnswer.WITHDRAWN,
                            last.noticeId(),
                            last.noticeVersion(),
                            last.noticeLanguage(),
                            last.noticeSha256(),
                            now(),
                            how));
        }));
    }

    /** Keeps a no, and with it that its follow-up is to be carried out. */
    private FollowUp refuse(Connection connection, ConsentRecord record) throws SQLException {
        boolean ends = ConsentTables.last(connection, record.subject())
                .filter(last -> last.answer() == ConsentAnswer.GIVEN)
                .isPresent();
        keep(connection, record);
        if (!ends) {
            return new FollowUp(record, Action.NOTHING, Set.of());
        }
        ConsentTables.update(
                connection,
                "INSERT INTO consent_follow_up (event_id) VALUES (?)",
                record.id().toString());
        return followUp(connection, record);
    }

    private static FollowUp followUp(Connection connection, ConsentRecord record) throws SQLException {
        Set<Purpose> others = ConsentTables.otherConsents(connection, record.subject());
        return new FollowUp(record, others.isEmpty() ? Action.SHRED : Action.STOP_USE, others);
    }

    private FollowUp end(FollowUp followUp) throws StoreException {
        outbox.send();
        if (followUp.action() != Action.NOTHING) {
            carryOut(followUp);
        }
        return followUp;
    }

    /** True if there are listeners and all of them returned. */
    private boolean carryOut(FollowUp followUp) throws StoreException {
        boolean done = !listeners.isEmpty();
        for (Consumer<? super FollowUp> listener : listeners) {
            try {
                listener.accept(followUp);
            } catch (RuntimeException e) {
                done = false;
                LOG.log(
                        Level.ERROR,
                        "what must follow consent event " + followUp.record().id() + " failed",
                        e);
            }
        }
        if (done) {
            finish(followUp);
        }
        return done;
    }

    @Override
    public Optional<ConsentRecord> last(ConsentSubject subject) throws StoreException {
        return store.read(connection -> ConsentTables.last(connection, subject));
    }

    @Override
    public List<ConsentRecord> history(PersonId person) throws StoreException {
        return store.read(connection -> ConsentTables.history(connection, person));
    }

    @Override
    public void onWithdrawn(Consumer<? super FollowUp> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public List<FollowUp> unfinished() throws StoreException {
        return store.read(connection -> {
            List<FollowUp> followUps = new ArrayList<>();
            for (ConsentRecord record : ConsentTables.unfinished(connection)) {
                followUps.add(followUp(connection, record));
            }
            return List.copyOf(followUps);
        });
    }

    @Override
    public void finish(FollowUp followUp) throws StoreException {
        store.write(connection -> ConsentTables.update(
                connection,
                "DELETE FROM consent_follow_up WHERE event_id = ?",
                followUp.record().id().toString()));
    }

    @Override
    public int resume() throws StoreException {
        int left = 0;
        for (FollowUp followUp : unfinished()) {
            if (!carryOut(followUp)) {
                left++;
            }
        }
        return left;
    }

    private void keep(Connection connection, ConsentRecord record) throws SQLException {
        ConsentTables.insert(connection, record);
        outbox.add(connection, record.id());
    }

    private ConsentRecord answered(
            Connection connection, ConsentSubject subject, ConsentAnswer answer, Notice shown, String how)
            throws SQLException {
        if (!NoticeTables.wasInForce(connection, shown, subject)) {
            throw new IllegalArgumentException("notice " + shown.id() + " version " + shown.version() + " in "
                    + shown.language() + " was never published for " + subject.dataClass() + " and "
                    + subject.purpose());
        }
        return new ConsentRecord(
                UUID.randomUUID(),
                subject,
                answer,
                shown.id(),
                shown.version(),
                shown.language(),
                shown.sha256(),
                now(),
                how);
    }

    /** In milliseconds, as it is stored, so that a record read back equals the one returned. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
