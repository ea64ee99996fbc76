package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.policy.consent.FollowUp.Action;
import io.gatehouse.policy.retain.HeldData;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Carries out what must follow when a consent ends, and keeps what nobody has carried out yet. That it must be done is
 * stored with the answer; what must be done is worked out anew each time, for other consents and holds come and go.
 * Thread-safe.
 */
final class FollowUps {
    private static final Logger LOG = System.getLogger(FollowUps.class.getName());

    private final Store store;
    private final ConsentPeople people;
    private final HeldData held;
    private final InstantSource clock;
    private final List<Consumer<? super FollowUp>> listeners = new CopyOnWriteArrayList<>();

    FollowUps(Store store, ConsentPeople people, HeldData held, InstantSource clock) {
        this.store = store;
        this.people = people;
        this.held = held;
        this.clock = clock;
    }

    void listen(Consumer<? super FollowUp> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** What the tables say must follow, without saying for whom. */
    record Ending(StoredAnswer answer, Action action, Set<Purpose> others) {}

    /** Within the work that keeps an answer which ends a yes. */
    Ending begin(Connection connection, StoredAnswer answer, boolean endsYes) throws SQLException {
        if (!endsYes) {
            return new Ending(answer, Action.NOTHING, Set.of());
        }
        ConsentTables.update(
                connection,
                "INSERT INTO consent_follow_up (event_id) VALUES (?)",
                answer.id().toString());
        return ending(connection, answer);
    }

    private Ending ending(Connection connection, StoredAnswer answer) throws SQLException {
        Set<Purpose> consents = ConsentTables.consents(connection, answer, clock.instant());
        if (consents.contains(answer.purpose())) {
            // They said yes again since: the data are there with consent.
            return new Ending(answer, Action.NOTHING, consents);
        }
        return new Ending(answer, consents.isEmpty() ? Action.SHRED : Action.STOP_USE, consents);
    }

    /** The follow-up of an ending for the person it is about. */
    FollowUp of(ConsentRecord record, Ending ending) {
        boolean isHeld = ending.action() == Action.SHRED && isHeld(record.subject());
        return new FollowUp(record, isHeld ? Action.RESTRICT : ending.action(), ending.others());
    }

    /** Who cannot tell destroys nothing. */
    private boolean isHeld(ConsentSubject subject) {
        try {
            return held.holds(subject.person(), subject.dataClass());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "whether data are held cannot be told: they are kept", e);
            return true;
        }
    }

    /** True if it is finished with: there are listeners, all of them returned, and nothing is left to be destroyed. */
    boolean carryOut(FollowUp followUp) throws StoreException {
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
        if (!done || followUp.action() == Action.RESTRICT) {
            return false;
        }
        finish(followUp);
        return true;
    }

    void finish(FollowUp followUp) throws StoreException {
        if (followUp.action() == Action.RESTRICT) {
            throw new IllegalArgumentException(
                    "consent event " + followUp.record().id()
                            + " only restricts the data while they are held: they are to be shredded when the hold is lifted");
        }
        store.write(connection -> ConsentTables.update(
                connection,
                "DELETE FROM consent_follow_up WHERE event_id = ?",
                followUp.record().id().toString()));
    }

    List<FollowUp> unfinished() throws IOException {
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
            Optional<ConsentRecord> record = people.open(ending.answer());
            record.ifPresent(known -> followUps.add(of(known, ending)));
        }
        return List.copyOf(followUps);
    }

    /** Those that stay unfinished. */
    int resume() throws IOException {
        int left = 0;
        for (FollowUp followUp : unfinished()) {
            if (followUp.action() == Action.NOTHING) {
                finish(followUp);
            } else if (!carryOut(followUp)) {
                left++;
            }
        }
        return left;
    }
}
