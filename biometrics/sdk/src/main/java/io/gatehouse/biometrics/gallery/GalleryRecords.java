package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.Calibration.UnsupportedRateException;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.protect.ExchangeTerms;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a gallery writes into the ledger and the log. Thread-safe. */
final class GalleryRecords {
    /** Why a probe of a dropped pack is refused. */
    static final String DROPPED = "gallery.pack-dropped";

    private static final Logger LOG = System.getLogger(Gallery.class.getName());

    /** What is told when there are more searches than may be. */
    static final SearchResult.Refused TOO_MANY = new SearchResult.Refused(
            Reason.of("gallery.too-many-searches", "Too many searches: wait a moment and try again."));

    private static final SearchResult.Refused NOT_RECORDED = new SearchResult.Refused(Reason.of(
            "gallery.not-recorded",
            "The search could not be recorded, so its answer is not told: look after the ledger."));

    private final Purpose purpose;
    private final Optional<Ledger> ledger;
    private final Optional<RecordQueue> queue;
    private final boolean isBeforeAnswer;
    private final InstantSource clock;

    GalleryRecords(Purpose purpose, Optional<Ledger> ledger, RecordOptions options, InstantSource clock) {
        this.purpose = purpose;
        this.ledger = ledger;
        this.queue = ledger.map(into -> new RecordQueue(into, options.mostUnderway()));
        this.isBeforeAnswer = options.isBeforeAnswer();
        this.clock = clock;
        if (isBeforeAnswer && ledger.isEmpty()) {
            throw new IllegalStateException("the gallery for " + purpose
                    + " is to record searches before it answers, but has no ledger: give one to the builder");
        }
    }

    /**
     * Records searches, and hands back what may be told of them.
     *
     * @param probes  one for each answer, as the other lists
     * @param answers what was found
     */
    List<SearchResult> searched(Inquiry inquiry, List<Template> probes, List<Pass> passes, List<SearchResult> answers) {
        if (queue.isEmpty()) {
            return List.copyOf(answers);
        }
        Instant at = clock.instant();
        List<CompletableFuture<Boolean>> kept = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String packId = probes.get(i).packId();
            kept.add(queue.get().add(inquiry.event(at, packId, passes.get(i), answers.get(i))));
        }
        if (!isBeforeAnswer) {
            return List.copyOf(answers);
        }
        List<SearchResult> told = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            told.add(kept.get(i).join() ? answers.get(i) : NOT_RECORDED);
        }
        return told;
    }

    /** How many searches are not in the ledger though they should be. */
    long unrecorded() {
        return queue.map(RecordQueue::lost).orElse(0L);
    }

    /** Searches that were too many, told together. */
    @SuppressWarnings("FutureReturnValueIgnored") // It never fails: what the ledger refuses is counted and logged.
    void limited(List<Bucket.Report> reports) {
        for (Bucket.Report report : reports) {
            LOG.log(Level.WARNING, "the gallery for {0}: {1} searches were too many", purpose, report.refused());
            LedgerEvent.Builder event = LedgerEvent.builder(Gallery.SEARCHES_LIMITED, clock.instant())
                    .fact("gallery", purpose.value())
                    .fact("refused", Long.toString(report.refused()));
            report.caller().ifPresent(name -> event.fact("caller", name));
            queue.ifPresent(into -> into.add(event.build()));
        }
    }

    /** A search for another purpose: refused, which it stays when it cannot be recorded. */
    SearchResult.Refused refused(Purpose asked, Optional<String> caller, int searches) {
        Reason reason = Reason.format(
                "gallery.other-purpose",
                "These faces were enrolled for %s; they may not be searched for %s: ask the people for consent.",
                purpose,
                asked);
        LOG.log(Level.WARNING, reason::toString);
        ledger.ifPresent(into -> {
            try {
                LedgerEvent.Builder event = LedgerEvent.builder(Gallery.SEARCH_REFUSED, clock.instant())
                        .fact("gallery", purpose.value())
                        .fact("asked", asked.value())
                        .fact("searches", Integer.toString(searches));
                caller.ifPresent(name -> event.fact("caller", name));
                into.append(event.build());
            } catch (IOException | RuntimeException e) {
                // The search stays refused, which is what protects the people; the log has the attempt.
                LOG.log(Level.ERROR, "a refused search could not be recorded", e);
            }
        });
        return new SearchResult.Refused(reason);
    }

    /** Templates leave or come: recorded before, and what cannot be recorded is not done. */
    void exchanged(EventKind kind, ExchangeTerms terms) throws IOException {
        ledger.orElseThrow(() -> new IllegalStateException("the gallery for " + purpose
                        + " has no ledger, so an exchange cannot be recorded: give one to the builder"))
                .append(LedgerEvent.builder(kind, clock.instant())
                        .fact("gallery", purpose.value())
                        .fact("export", terms.id().toString())
                        .fact("sender", terms.sender())
                        .fact("pack", terms.packId())
                        .fact("templates", Integer.toString(terms.count()))
                        .fact("expires", terms.expiresAt().toString())
                        .build());
    }

    /** An exchange was refused, which it stays when it cannot be recorded. */
    void exchangeRefused(String what, Reason reason, Purpose asked) {
        LOG.log(Level.WARNING, reason::toString);
        ledger.ifPresent(into -> {
            try {
                into.append(LedgerEvent.builder(Gallery.EXCHANGE_REFUSED, clock.instant())
                        .fact("gallery", purpose.value())
                        .fact("what", what)
                        .fact("asked", asked.value())
                        .fact("reason", reason.code())
                        .build());
            } catch (IOException | RuntimeException e) {
                // As a refused search: it stays refused, and the log has the attempt.
                LOG.log(Level.ERROR, "a refused exchange could not be recorded", e);
            }
        });
    }

    /** A search with a probe of a pack that was dropped: it came too late to find anybody. */
    SearchResult.Refused dropped(String packId) {
        return new SearchResult.Refused(Reason.format(
                DROPPED,
                "The references of the model %s were dropped when everybody had been enrolled anew: search with the"
                        + " present one.",
                packId));
    }

    /** A rate of whole searches was in reach when the gallery was smaller: that is nobody's mistake before this gate. */
    SearchResult.Refused outgrown(UnsupportedRateException e) {
        Reason reason = Reason.of("gallery.rate-not-supported", "The gallery for " + purpose + ": " + e.getMessage());
        LOG.log(Level.WARNING, reason::toString);
        return new SearchResult.Refused(reason);
    }

    /**
     * Whoever enrols is told whose face this is also, as by a search: recorded before, and what cannot be recorded is not
     * told. A gallery without a ledger records nothing.
     */
    void duplicateFound(PersonId person, int others) throws IOException {
        if (ledger.isPresent()) {
            ledger.get()
                    .append(LedgerEvent.builder(Gallery.DUPLICATE_FOUND, clock.instant())
                            .person(person)
                            .fact("gallery", purpose.value())
                            .fact("others", Integer.toString(others))
                            .build());
        }
    }

    /**
     * Somebody decided that a face which is another person's is enrolled all the same. What cannot be recorded is not done.
     *
     * @throws IllegalStateException if there is no ledger
     */
    void duplicateAllowed(PersonId person, int others, String why) throws IOException {
        Ledger into = ledger.orElseThrow(() -> new IllegalStateException("the gallery for " + purpose
                + " has no ledger, so an allowed duplicate cannot be recorded: give one to the builder"));
        into.append(LedgerEvent.builder(Gallery.DUPLICATE_ALLOWED, clock.instant())
                .person(person)
                .fact("gallery", purpose.value())
                .fact("others", Integer.toString(others))
                .personalFact("why", why)
                .build());
    }
}
