package io.gatehouse.policy.consent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Makes records of answers, now. Immutable; thread-safe if the clock is. */
record ConsentDrafts(InstantSource clock, Optional<Duration> longestValid) {
    /** In milliseconds, as it is stored, so that a record read back equals the one returned. */
    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    ConsentRecord answer(ConsentSubject subject, ConsentAnswer answer, Notice shown, String how, ConsentTerms terms) {
        Instant at = now();
        return new ConsentRecord(
                UUID.randomUUID(),
                subject,
                answer,
                shown.id(),
                shown.version(),
                shown.language(),
                shown.sha256(),
                at,
                how,
                answer == ConsentAnswer.GIVEN ? bound(terms, at) : terms);
    }

    /** In milliseconds, and no longer than any yes is good here. */
    private ConsentTerms bound(ConsentTerms terms, Instant at) {
        Optional<Instant> latest = longestValid.map(at::plus);
        Optional<Instant> asked = terms.expiresAt();
        Optional<Instant> end =
                asked.isPresent() && latest.filter(asked.get()::isAfter).isEmpty() ? asked : latest;
        return end.isEmpty()
                ? terms
                : terms.until(Instant.ofEpochMilli(end.get().toEpochMilli()));
    }

    /** The end of an answer, about the same notice. */
    ConsentRecord end(ConsentRecord last, ConsentAnswer answer, String how) {
        return new ConsentRecord(
                UUID.randomUUID(),
                last.subject(),
                answer,
                last.noticeId(),
                last.noticeVersion(),
                last.noticeLanguage(),
                last.noticeSha256(),
                now(),
                how,
                ConsentTerms.none());
    }
}
