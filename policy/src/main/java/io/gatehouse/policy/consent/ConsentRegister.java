package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps what people answered and says whether their data may be used. Thread-safe; an answer is durable and in force
 * when the method that takes it returns.
 *
 * <p>There is a lawful basis only while the last answer is {@link ConsentAnswer#GIVEN}, for the notice version in force:
 * a new version asks again; is not over by its terms; and was given by a guardian if the person was too young to answer
 * alone. Otherwise the reason is {@code consent.none}, {@code consent.refused}, {@code consent.withdrawn},
 * {@code consent.outdated}, {@code consent.expired} or {@code consent.guardian-needed}, or {@code consent.unavailable}
 * where the register cannot tell.
 */
public interface ConsentRegister extends LawfulBasis {

    /**
     * Puts a notice in force for a purpose and data class, or adds a language to the version in force.
     *
     * @throws IllegalArgumentException if another text was published under its id, version and language, or a later
     *     version of it is in force; nothing changes then
     */
    void publish(Notice notice, Purpose purpose, DataClass dataClass) throws StoreException;

    /** The notice to show now, in this language; empty if there is none (in that language). */
    Optional<Notice> noticeInForce(Purpose purpose, DataClass dataClass, String language) throws StoreException;

    /**
     * The person said yes to this notice. An answer to a notice that was replaced meanwhile is kept, but is no basis.
     *
     * @param how by what means, 1 to 200 characters
     * @throws IllegalArgumentException if that notice was never in force for this purpose and data class
     */
    default ConsentRecord give(ConsentSubject subject, Notice shown, String how) throws IOException {
        return give(subject, shown, how, ConsentTerms.none());
    }

    /** As {@link #give(ConsentSubject, Notice, String)}, for a time only, or said by a guardian. */
    ConsentRecord give(ConsentSubject subject, Notice shown, String how, ConsentTerms terms) throws IOException;

    /** The person said no to this notice; ends a consent given before, as {@link #withdraw} does. */
    FollowUp refuse(ConsentSubject subject, Notice shown, String how) throws IOException;

    /**
     * The person takes the consent back. The listeners have been called when this returns.
     *
     * @throws IllegalArgumentException if the person was never asked about this
     */
    FollowUp withdraw(ConsentSubject subject, String how) throws IOException;

    /** The last answer, if any. */
    Optional<ConsentRecord> last(ConsentSubject subject) throws IOException;

    /** All answers of a person, oldest first for each purpose and data class. */
    List<ConsentRecord> history(PersonId person) throws IOException;

    /**
     * Called on the thread that withdraws, at least once for each consent that ends by withdrawal, refusal or time. If
     * every listener returns, the follow-up is finished; if one throws, it is logged and the follow-up stays
     * {@link #unfinished}. So does one that only restricts: once the hold is lifted, {@link #resume} shreds.
     */
    void onWithdrawn(Consumer<? super FollowUp> listener);

    /**
     * Follow-ups that nobody has carried out, also from before a restart; to be carried out before the person enrols
     * again. What must be done is worked out anew from the consents there are now for other purposes.
     */
    List<FollowUp> unfinished() throws IOException;

    /**
     * Says that a follow-up was carried out.
     *
     * @throws IllegalArgumentException if it only restricts, for then the data are still to be destroyed
     */
    void finish(FollowUp followUp) throws StoreException;

    /** Calls the listeners for every unfinished follow-up; to be called after a start. Returns how many stay unfinished. */
    int resume() throws IOException;

    /**
     * Ends every yes whose time is over, as {@link #withdraw} does; to be called every so often. None is a basis after its
     * time, also if this is called late.
     *
     * @return how many ended
     */
    int expire() throws IOException;
}
