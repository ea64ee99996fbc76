package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Purpose;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An answer as it is stored: as {@link ConsentRecord}, with what stands for the person. Arrays are not copied, this stays
 * inside.
 *
 * @param pseudonym    stands for the person, in all their answers
 * @param sealedPerson leads back to the person
 * @param sealedHow    by what means they answered
 * @param expiresAt    when a yes ends by itself
 * @param sealedGuardian who answered in their place
 */
record StoredAnswer(
        UUID id,
        String pseudonym,
        byte[] sealedPerson,
        Purpose purpose,
        DataClass dataClass,
        ConsentAnswer answer,
        String noticeId,
        int noticeVersion,
        String noticeLanguage,
        String noticeSha256,
        Instant at,
        String sealedHow,
        Optional<Instant> expiresAt,
        Optional<String> sealedGuardian) {
    /** Whether this says yes, and is not over. */
    boolean isYesAt(Instant time) {
        return answer == ConsentAnswer.GIVEN
                && expiresAt.filter(end -> !time.isBefore(end)).isEmpty();
    }
}
