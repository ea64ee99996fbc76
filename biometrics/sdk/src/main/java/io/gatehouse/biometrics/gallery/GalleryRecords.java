package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.Calibration.UnsupportedRateException;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;

/** What a gallery writes into the ledger and the log. Thread-safe. */
final class GalleryRecords {
    /** Why a probe of a dropped pack is refused. */
    static final String DROPPED = "gallery.pack-dropped";

    private static final Logger LOG = System.getLogger(Gallery.class.getName());

    private final Purpose purpose;
    private final Optional<Ledger> ledger;
    private final InstantSource clock;

    GalleryRecords(Purpose purpose, Optional<Ledger> ledger, InstantSource clock) {
        this.purpose = purpose;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A search for another purpose: refused, which it stays when it cannot be recorded. */
    SearchResult refused(Purpose asked) {
        Reason reason = Reason.format(
                "gallery.other-purpose",
                "These faces were enrolled for %s; they may not be searched for %s: ask the people for consent.",
                purpose,
                asked);
        LOG.log(Level.WARNING, reason::toString);
        ledger.ifPresent(into -> {
            try {
                into.append(LedgerEvent.builder(Gallery.SEARCH_REFUSED, clock.instant())
                        .fact("gallery", purpose.value())
                        .fact("asked", asked.value())
                        .build());
            } catch (IOException | RuntimeException e) {
                // The search stays refused, which is what protects the people; the log has the attempt.
                LOG.log(Level.ERROR, "a refused search could not be recorded", e);
            }
        });
        return new SearchResult.Refused(reason);
    }

    /** A search with a probe of a pack that was dropped: it came too late to find anybody. Not the ledger's concern. */
    SearchResult dropped(String packId) {
        return new SearchResult.Refused(Reason.format(
                DROPPED,
                "The references of the model %s were dropped when everybody had been enrolled anew: search with the"
                        + " present one.",
                packId));
    }

    /** A rate of whole searches was in reach when the gallery was smaller: that is nobody's mistake before this gate. */
    SearchResult outgrown(UnsupportedRateException e) {
        Reason reason = Reason.of("gallery.rate-not-supported", "The gallery for " + purpose + ": " + e.getMessage());
        LOG.log(Level.WARNING, reason::toString);
        return new SearchResult.Refused(reason);
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
