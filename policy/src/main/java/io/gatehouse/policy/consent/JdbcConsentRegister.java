package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.consent.FollowUp.Action;
import io.gatehouse.policy.consent.NoticeTables.InForce;
import java.io.IOException;
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
 * ledger takes it; the person is sealed in it. It must not be called within a work of the same store.
 *
 * <p>The tables name nobody: in the place of a person stands a pseudonym that only the vault can tell, and by what means
 * they answered is sealed. Shredding a person's {@link #RECORDS} forgets all their answers: they never answered then, so
 * nothing is lawful, and nothing can be shown of it either. That is for when consents need be proved no longer, not for a
 * withdrawal.
 */
public final class JdbcConsentRegister implements ConsentRegister {
    /** What the vault keeps a person's answers under. */
    public static final DataClass RECORDS = DataClass.of("consent-record");

    private static final Logger LOG = System.getLogger(JdbcConsentRegister.class.getName());

    private final Store store;
    private final ConsentPeople people;
    private final InstantSource clock;
    private final ConsentOutbox outbox;
    private final List<Consumer<? super FollowUp>> listeners = new CopyOnWriteArrayList<>();

    private JdbcConsentRegister(Store store, ConsentPeople people, InstantSource clock, Optional<Ledger> ledger) {
        this.store = Objects.requireNonNull(store, "store");
        this.people = people;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.outbox = new ConsentOutbox(store, people, ledger);
    }

    /** Brings the tables up to date. */
    public static JdbcConsentRegister create(Store store, Vault vault, InstantSource clock) throws IOException {
        return create(store, vault, clock, Optional.empty());
    }

    /** Brings the tables up to date, and into the ledger what an earlier run could not. */
    public static JdbcConsentRegister create(Store store, Vault vault, InstantSource clock, Ledger ledger)
            throws IOException {
        return create(store, vault, clock, Optional.of(ledger));
    }

    private static JdbcConsentRegister create(Store store, Vault vault, InstantSource clock, Optional<Ledger> ledger)
            throws IOException {
        store.migrate(ConsentTables.ROOM, ConsentTables.SCRIPTS);
        ConsentPeople people = new ConsentPeople(Objects.requireNonNull(vault, "vault"));
        OldAnswers.close(store, people);
        JdbcConsentRegister register = new JdbcConsentRegister(store, people, clock, ledger);
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
            Optional<String> pseudonym = people.known(person);
            return store.read(connection -> {
                Optional<StoredAnswer> last = last(connection, pseudonym, subject);
                Optional<InForce> inForce = NoticeTables.inForce(connection, purpose, dataClass);
                return answer(subject, last, inForce);
            });
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "consent cannot be looked up: the answer is no", e);
            return Answer.refused(Reason.of(
                    "consent.unavailable",
                    "Consent cannot be looked up at present, so these data are not used: use another way."));
        }
    }

    private static Optional<StoredAnswer> last(
            Connection connection, Optional<String> pseudonym, ConsentSubject subject) throws SQLException {
        return pseudonym.isEmpty()
                ? Optional.empty()
                : ConsentTables.last(connection, pseudonym.get(), subject.purpose(), subject.dataClass());
    }

    private static Answer answer(ConsentSubject subject, Optional<StoredAnswer> last, Optional<InForce> inForce) {
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
    public ConsentRecord give(ConsentSubject subject, Notice shown, String how) throws IOException {
        ConsentRecord given = answered(subject, ConsentAnswer.GIVEN, shown, how);
        requirePublished(shown, subject);
        StoredAnswer sealed = people.seal(given);
        store.write(connection -> {
            keep(connection, sealed);
            return sealed;
        });
        outbox.send();
        return given;
    }

    @Override
    public FollowUp refuse(ConsentSubject subject, Notice shown, String how) throws IOException {
        requirePublished(shown, subject);
        return end(answered(subject, ConsentAnswer.REFUSED, shown, how));
    }

    @Override
    public FollowUp withdraw(ConsentSubject subject, String how) throws IOException {
        // Should another answer come in between, it is withdrawn as well; only the notice that is named is the one
        // before.
        ConsentRecord last = last(subject)
                .orElseThrow(() -> new IllegalArgumentException("there is no answer to withdraw about " + subject));
        return end(new ConsentRecord(
                UUID.randomUUID(),
                subject,
                ConsentAnswer.WITHDRAWN,
                last.noticeId(),
                last.noticeVersion(),
                last.noticeLanguage(),
                last.noticeSha256(),
                now(),
                how));
    }

    /** Keeps a no, and with it that its follow-up is to be carried out. */
    private FollowUp end(ConsentRecord record) throws IOException {
        StoredAnswer sealed = people.seal(record);
        Ending ending = store.write(connection -> refuse(connection, sealed));
        outbox.send();
        FollowUp followUp = new FollowUp(record, ending.action(), ending.others());
        if (followUp.action() != Action.NOTHING) {
            carryOut(followUp);
        }
        return followUp;
    }

    /** What must follow, without saying for whom. */
    private record Ending(StoredAnswer answer, Action action, Set<Purpose> others) {}

    private Ending refuse(Connection connection, StoredAnswer answer) throws SQLException {
        boolean ends = ConsentTables.last(connection, answer.pseudonym(), answer.purpose(), answer.dataClass())
                .filter(last -> last.answer() == ConsentAnswer.GIVEN)
                .isPresent();
        keep(connection, answer);
        if (!ends) {
            return new Ending(answer, Action.NOTHING, Set.of());
        }
        ConsentTables.update(
                connection,
                "INSERT INTO consent_follow_up (event_id) VALUES (?)",
                answer.id().toString());
        return ending(connection, answer);
    }

    private static Ending ending(Connection connection, StoredAnswer answer) throws SQLException {
        Set<Purpose> others = ConsentTables.otherConsents(connection, answer);
        return new Ending(answer, others.isEmpty() ? Action.SHRED : Action.STOP_USE, others);
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
    public Optional<ConsentRecord> last(ConsentSubject subject) throws IOException {
        Optional<String> pseudonym = people.known(subject.person());
        Optional<StoredAnswer> last = store.read(connection -> last(connection, pseudonym, subject));
        return last.isEmpty() ? Optional.empty() : people.open(last.get());
    }

    @Override
    public List<ConsentRecord> history(PersonId person) throws IOException {
        Optional<String> pseudonym = people.known(person);
        return pseudonym.isEmpty()
                ? List.of()
                : people.openAll(store.read(connection -> ConsentTables.history(connection, pseudonym.get())));
    }

    @Override
    public void onWithdrawn(Consumer<? super FollowUp> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public List<FollowUp> unfinished() throws IOException {
        List<Ending> endings = store.read(connection -> {
            List<Ending> found = new ArrayList<>();
            for (StoredAnswer answer : ConsentTables.unfinished(connection)) {
                found.add(ending(connection, answer));
            }
            return found;
        });
        List<FollowUp> followUps = new ArrayList<>();
        for (Ending ending : endings) {
            // For whoever was shredded there is nobody to do anything for.
            people.open(ending.answer())
                    .ifPresent(record -> followUps.add(new FollowUp(record, ending.action(), ending.others())));
        }
        return List.copyOf(followUps);
    }

    @Override
    public void finish(FollowUp followUp) throws StoreException {
        store.write(connection -> ConsentTables.update(
                connection,
                "DELETE FROM consent_follow_up WHERE event_id = ?",
                followUp.record().id().toString()));
    }

    @Override
    public int resume() throws IOException {
        int left = 0;
        for (FollowUp followUp : unfinished()) {
            if (!carryOut(followUp)) {
                left++;
            }
        }
        return left;
    }

    private void keep(Connection connection, StoredAnswer answer) throws SQLException {
        ConsentTables.insert(connection, answer);
        outbox.add(connection, answer.id());
    }

    /** Notices are never taken back, so that this holds on. */
    private void requirePublished(Notice shown, ConsentSubject subject) throws StoreException {
        if (!store.<Boolean>read(connection -> NoticeTables.wasInForce(connection, shown, subject))) {
            throw new IllegalArgumentException("notice " + shown.id() + " version " + shown.version() + " in "
                    + shown.language() + " was never published for " + subject.dataClass() + " and "
                    + subject.purpose());
        }
    }

    private ConsentRecord answered(ConsentSubject subject, ConsentAnswer answer, Notice shown, String how) {
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
