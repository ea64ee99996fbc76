package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Purpose;
import java.time.Instant;
import java.util.UUID;

/**
 * An answer as it is stored: as {@link ConsentRecord}, with what stands for the person. Arrays are not copied, this stays
 * inside.
 *
 * @param pseudonym    stands for the person, in all their answers
 * @param sealedPerson leads back to the person
 * @param sealedHow    by what means they answered
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
        String sealedHow) {}
