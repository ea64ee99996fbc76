package io.gatehouse.policy.consent;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * One answer of one person; never changed afterwards. Immutable and thread-safe; {@code toString} leaves out
 * the person and by what means they answered, which may name a place or a witness.
 *
 * @param id             unique
 * @param subject        whose data, for what, which
 * @param answer         what they said
 * @param noticeId       the notice they were shown; on withdrawal the one of the answer before
 * @param noticeVersion  its version
 * @param noticeLanguage its language
 * @param noticeSha256   the SHA-256 of the text they were shown, lower-case hex
 * @param at             when, in whole milliseconds
 * @param how            by what means, for example {@code kiosk 3, signed on screen}; 1 to 200 characters
 * @param terms          what a yes is bound to; of other answers, who gave them
 */
public record ConsentRecord(
        UUID id,
        ConsentSubject subject,
        ConsentAnswer answer,
        String noticeId,
        int noticeVersion,
        String noticeLanguage,
        String noticeSha256,
        Instant at,
        String how,
        ConsentTerms terms) {

    private static final int MAX_HOW = 200;

    public ConsentRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(noticeId, "noticeId");
        Objects.requireNonNull(noticeLanguage, "noticeLanguage");
        Objects.requireNonNull(noticeSha256, "noticeSha256");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(terms, "terms");
        if (how.isBlank() || how.length() > MAX_HOW) {
            throw new IllegalArgumentException(
                    "how a person answered takes 1 to " + MAX_HOW + " characters, this has " + how.length());
        }
    }

    @Override
    public String toString() {
        return "ConsentRecord[" + id + ", " + answer + " " + subject + ", notice " + noticeId + " version "
                + noticeVersion + " in " + noticeLanguage + ", " + at + "]";
    }
}
