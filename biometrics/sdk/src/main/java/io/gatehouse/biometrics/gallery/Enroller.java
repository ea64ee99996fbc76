package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Enrols into a gallery's present pack, after a look for the same face under another name. Thread-safe. */
final class Enroller {
    private static final Reason FULL = Reason.of(
            "gallery.full", "The gallery has as many faces as it may: remove some, or open it with room for more.");

    private final Turns turns;
    private final Shelves shelves;
    private final Trends trends;
    private final Consents consents;
    private final GalleryRecords records;
    private final Vault vault;
    private final InstantSource clock;

    Enroller(
            Turns turns,
            Shelves shelves,
            Trends trends,
            Consents consents,
            GalleryRecords records,
            Vault vault,
            InstantSource clock) {
        this.turns = turns;
        this.shelves = shelves;
        this.trends = trends;
        this.consents = consents;
        this.records = records;
        this.vault = vault;
        this.clock = clock;
    }

    /** The face as one pack sees it, turned by the gallery's secret. */
    private record Look(Shelf shelf, float[] vector) {
        static Look of(Shelf shelf, Template template) {
            return new Look(shelf, shelf.protect(template));
        }

        void overwrite() {
            Arrays.fill(vector, 0);
        }
    }

    Enrolment enrol(PersonId person, Template template, EnrolmentOptions options) throws IOException {
        // All in one turn: the key that faces are turned by may be renewed before.
        Enrolment enrolment = turns.changing(() -> enrolWithin(person, template, options));
        if (options.isReplacing() && enrolment instanceof Enrolment.Enrolled) {
            // Outside the turn: it may have to wait.
            shelves.current().table().scrubFiles();
        }
        return enrolment;
    }

    private Enrolment enrolWithin(PersonId person, Template template, EnrolmentOptions options) throws IOException {
        // The first is kept; the others are only compared.
        List<Look> looks = new ArrayList<>();
        try {
            looks.add(Look.of(shelves.requireCurrent(template), template));
            for (Template older : options.alsoCompared()) {
                shelves.olderOf(older).ifPresent(shelf -> looks.add(Look.of(shelf, older)));
            }
            return enrol(person, looks, options);
        } finally {
            looks.forEach(Look::overwrite);
        }
    }

    /** The basis is asked within the turn: a withdrawal before is seen, one that comes now removes what is kept here. */
    private Enrolment enrol(PersonId person, List<Look> looks, EnrolmentOptions options) throws IOException {
        Optional<Reason> refusal = consents.refusal(person);
        if (refusal.isPresent()) {
            return new Enrolment.Refused(refusal.get());
        }
        // Before anything is kept.
        if (!shelves.current().hasRoomFor(person, options.isReplacing())) {
            return new Enrolment.Refused(FULL);
        }
        List<Enrolment.Duplicate.Candidate> others =
                options.isChecked() ? others(person, looks, options.duplicateFalseMatchRate()) : List.of();
        if (!others.isEmpty()) {
            if (options.allowedDuplicate().isEmpty()) {
                records.duplicateFound(person, others.size());
                return new Enrolment.Duplicate(others);
            }
            records.duplicateAllowed(
                    person, others.size(), options.allowedDuplicate().get());
        }
        return keep(person, looks.get(0).vector(), options);
    }

    /** Other people with such a face, the likeliest first; each with the best score that a pack gives. */
    private List<Enrolment.Duplicate.Candidate> others(PersonId person, List<Look> looks, double rate) {
        Map<PersonId, Double> scores = new HashMap<>();
        for (Look look : looks) {
            Calibration calibration = look.shelf().calibration();
            look.shelf().near(look.vector(), calibration.distanceAt(rate)).stream()
                    .filter(near -> !near.person().equals(person))
                    .forEach(near -> scores.merge(near.person(), calibration.scoreAt(near.distance()), Math::max));
        }
        return scores.entrySet().stream()
                .filter(each -> consents.isLawful(each.getKey()))
                .map(each -> new Enrolment.Duplicate.Candidate(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(Enrolment.Duplicate.Candidate::score)
                        .reversed()
                        .thenComparing(Enrolment.Duplicate.Candidate::person))
                .toList();
    }

    private Enrolment keep(PersonId person, float[] vector, EnrolmentOptions options) throws IOException {
        UUID id = UUID.randomUUID();
        Instant at = clock.instant();
        Set<String> groups = options.groups().orElseGet(() -> shelves.groupsOf(person));
        insert(id, person, vector, groups, at, options.isReplacing());
        if (options.isReplacing()) {
            shelves.remove(person);
            trends.remove(person);
        }
        shelves.current().add(person, vector, groups, at);
        shelves.assign(person, groups);
        return new Enrolment.Enrolled(id, person, at);
    }

    private void insert(UUID id, PersonId person, float[] vector, Set<String> groups, Instant at, boolean isReplacing)
            throws IOException {
        ReferenceTable table = shelves.current().table();
        try {
            table.insert(id, person, vector, groups, at, isReplacing);
        } catch (ShreddedException shredded) {
            vault.renew(person, DataClass.FACE_TEMPLATE);
            table.insert(id, person, vector, groups, at, isReplacing);
        }
    }
}
