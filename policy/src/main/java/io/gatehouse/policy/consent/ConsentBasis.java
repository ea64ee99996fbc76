package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.LawfulBasis.Answer;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.consent.NoticeTables.InForce;
import java.time.Instant;
import java.util.Optional;

/** What the last answer and the notice in force say about use now. Immutable; thread-safe if the age rule is. */
record ConsentBasis(AgeRule ages) {
    Answer answer(ConsentSubject subject, Optional<StoredAnswer> last, Optional<InForce> inForce, Instant now) {
        if (last.isEmpty()) {
            return no("consent.none", "There is no consent to use %s for %s: show the notice and ask first.", subject);
        }
        return switch (last.get().answer()) {
            case REFUSED -> no("consent.refused", "Consent to use %s for %s was refused: use another way.", subject);
            case WITHDRAWN ->
                no("consent.withdrawn", "Consent to use %s for %s was withdrawn: use another way.", subject);
            case EXPIRED -> expired(subject);
            case GIVEN -> given(subject, last.get(), inForce, now);
        };
    }

    private Answer given(ConsentSubject subject, StoredAnswer yes, Optional<InForce> inForce, Instant now) {
        if (!yes.isYesAt(now)) {
            return expired(subject);
        }
        if (inForce.filter(notice -> notice.isVersionOf(yes)).isEmpty()) {
            return no("consent.outdated", "The notice on %s for %s has changed since: ask again.", subject);
        }
        return yes.sealedGuardian().isEmpty() && ages.needsGuardian(subject.person(), yes.at())
                ? no(
                        "consent.guardian-needed",
                        "Who consented to use %s for %s was too young to do so alone: ask a guardian.",
                        subject)
                : Answer.lawful();
    }

    private static Answer expired(ConsentSubject subject) {
        return no(
                "consent.expired", "The time that consent to use %s for %s was given for is over: ask again.", subject);
    }

    private static Answer no(String code, String format, ConsentSubject subject) {
        return Answer.refused(Reason.format(code, format, subject.dataClass(), subject.purpose()));
    }
}
