package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.consent.FollowUp.Action;
import io.gatehouse.policy.consent.FollowUps.Ending;
import io.gatehouse.policy.consent.NoticeTables.InForce;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A consent register in tables of its own. Thread-safe. With a ledger, each change becomes an entry there
 * ({@code consent.given}, {@code consent.refused}, {@code consent.withdrawn}, {@code consent.expired}, {@code consent.notice}) as soon as the
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
    private static final int BATCH = 200;

    private final Store store;
    private final ConsentPeople people;
    private final InstantSource clock;
    private final ConsentOutbox outbox;
    private final Notices notices;
    private final FollowUps followUps;
    private final ConsentBasis basis;
    private final ConsentDrafts drafts;

    private JdbcConsentRegister(Store store, ConsentPeople people, InstantSource clock, ConsentOptions options) {
        this.store = Objects.requireNonNull(store, "store");
        this.people = people;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.outbox = new ConsentOutbox(store, people, options.ledger());
        this.notices = new Notices(store, outbox);
        this.followUps = new FollowUps(store, people, options.held(), clock);
        this.basis = new ConsentBasis(options.ages());
        this.drafts = new ConsentDrafts(clock, options.longestValid());
    }

    /** Brings the tables up to date. */
    public static JdbcConsentRegister create(Store store, Vault vault, InstantSource clock) throws IOException {
        return create(store, vault, clock, ConsentOptions.plain());
    }

    /** Brings the tables up to date, and into the ledger what an earlier run could not. */
    public static JdbcConsentRegister create(Store store, Vault vault, InstantSource clock, Ledger ledger)
            throws IOException {
        return create(store, vault, clock, ConsentOptions.plain().recordedIn(ledger));
    }

    /** As the others; with a ledger, brings into it what an earlier run could not. */
    public static JdbcConsentRegister create(Store store, Vault vault, InstantSource clock, ConsentOptions options)
            throws IOException {
        store.migrate(ConsentTables.ROOM, ConsentTables.SCRIPTS);
        ConsentPeople people = new ConsentPeople(Objects.requireNonNull(vault, "vault"));
        OldAnswers.close(store, people);
        JdbcConsentRegister register = new JdbcConsentRegister(store, people, clock, options);
        register.recordPending();
        return register;
    }

    /** Tries again to bring changes into a ledger that failed; every change does so too. True if nothing waits. */
    public boolean recordPending() {
        return outbox.send();
    }

    /**
     * What is kept here, for a purge by rules that count from {@code consent-ended}: all answers of a person about one
     * purpose and data class, once the last is no yes any more and its follow-up was carried out. When none is left the
     * person's key is shredded.
     */
    public Keeper keeper() {
        return new ConsentKeeper(store, people);
    }

    @Override
    public Answer basisFor(PersonId person, Purpose purpose, DataClass dataClass) {
        ConsentSubject subject = new ConsentSubject(person, purpose, dataClass);
        try {
            Optional<String> pseudonym = people.known(person);
            // The time of asking, not a later one: an answer is good at its instant.
            Instant now = clock.instant();
            record Found(Optional<StoredAnswer> last, Optional<InForce> inForce) {}
            Found found = store.read(connection -> new Found(
                    last(connection, pseudonym, subject), NoticeTables.inForce(connection, purpose, dataClass)));
            return basis.answer(subject, found.last(), found.inForce(), now);
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

    @Override
    public void publish(Notice notice, Purpose purpose, DataClass dataClass) throws StoreException {
        notices.publish(notice, purpose, dataClass, drafts.now());
        outbox.send();
    }

    @Override
    public Optional<Notice> noticeInForce(Purpose purpose, DataClass dataClass, String language) throws StoreException {
        return notices.inForce(purpose, dataClass, language);
    }

    @Override
    public ConsentRecord give(ConsentSubject subject, Notice shown, String how, ConsentTerms terms) throws IOException {
        ConsentRecord given = drafts.answer(subject, ConsentAnswer.GIVEN, shown, how, terms);
        notices.requirePublished(shown, subject);
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
        notices.requirePublished(shown, subject);
        return end(drafts.answer(subject, ConsentAnswer.REFUSED, shown, how, ConsentTerms.none()));
    }

    @Override
    public FollowUp withdraw(ConsentSubject subject, String how) throws IOException {
        // Should another answer come in between, it is withdrawn as well; only the notice that is named is the one
        // before.
        ConsentRecord last = last(subject)
                .orElseThrow(() -> new IllegalArgumentException("there is no answer to withdraw about " + subject));
        return end(drafts.end(last, ConsentAnswer.WITHDRAWN, how));
    }

    @Override
    public int expire() throws IOException {
        int ended = 0;
        Instant now = drafts.now();
        List<StoredAnswer> over = over(now, null);
        while (!over.isEmpty()) {
            for (StoredAnswer each : over) {
                Optional<ConsentRecord> record = people.open(each);
                // Of whoever was shredded nothing is left that could be used.
                if (record.isPresent() && expired(record.get())) {
                    ended++;
                }
            }
            over = over(now, over.get(over.size() - 1));
        }
        return ended;
    }

    private List<StoredAnswer> over(Instant now, @Nullable StoredAnswer after) throws StoreException {
        return store.read(connection -> ConsentTables.over(connection, now, after, BATCH));
    }

    /** Ends this very answer; false if the person gave another meanwhile. */
    private boolean expired(ConsentRecord yes) throws IOException {
        ConsentRecord end = drafts.end(yes, ConsentAnswer.EXPIRED, "the time it was given for is over");
        StoredAnswer sealed = people.seal(end);
        Optional<Ending> ending = store.write(connection -> {
            boolean isLast = ConsentTables.last(connection, sealed.pseudonym(), sealed.purpose(), sealed.dataClass())
                    .filter(last -> last.id().equals(yes.id()))
                    .isPresent();
            if (!isLast) {
                return Optional.<Ending>empty();
            }
            keep(connection, sealed);
            return Optional.of(followUps.begin(connection, sealed, true));
        });
        outbox.send();
        if (ending.isPresent()) {
            followUps.carryOut(followUps.of(end, ending.get()));
        }
        return ending.isPresent();
    }

    /** Keeps a no, and with it that its follow-up is to be carried out. */
    private FollowUp end(ConsentRecord record) throws IOException {
        StoredAnswer sealed = people.seal(record);
        Ending ending = store.write(connection -> {
            boolean endsYes = ConsentTables.last(connection, sealed.pseudonym(), sealed.purpose(), sealed.dataClass())
                    .filter(last -> last.answer() == ConsentAnswer.GIVEN)
                    .isPresent();
            keep(connection, sealed);
            return followUps.begin(connection, sealed, endsYes);
        });
        outbox.send();
        FollowUp followUp = followUps.of(record, ending);
        if (followUp.action() != Action.NOTHING) {
            followUps.carryOut(followUp);
        }
        return followUp;
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
        followUps.listen(listener);
    }

    @Override
    public List<FollowUp> unfinished() throws IOException {
        return followUps.unfinished();
    }

    @Override
    public void finish(FollowUp followUp) throws StoreException {
        followUps.finish(followUp);
    }

    @Override
    public int resume() throws IOException {
        return followUps.resume();
    }

    private void keep(Connection connection, StoredAnswer answer) throws SQLException {
        ConsentTables.insert(connection, answer);
        outbox.add(connection, answer.id());
    }
}
