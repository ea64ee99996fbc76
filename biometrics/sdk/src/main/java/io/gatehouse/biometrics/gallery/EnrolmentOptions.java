package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a person is enrolled. Immutable and thread-safe.
 *
 * @param isChecked               whether the face is looked for among other people first
 * @param duplicateFalseMatchRate at which false match rate a face counts as another person's; among N people about N × this
 *                                part of enrolments is held up for nothing
 * @param allowedDuplicate        why a face that is another person's is enrolled all the same: twins; recorded in the ledger
 * @param isReplacing             whether the person's references so far go, whichever pack made them
 * @param alsoCompared            templates that older packs made of the same face, to look for it among their references too
 * @param groups                  which groups the person is in from now on, see {@link Gallery#assign}; without them those
 *                                that they are in so far, none for a new person
 */
public record EnrolmentOptions(
        boolean isChecked,
        double duplicateFalseMatchRate,
        Optional<String> allowedDuplicate,
        boolean isReplacing,
        List<Template> alsoCompared,
        Optional<Set<String>> groups) {
    /** The face is looked for at one false match in 10,000 comparisons, as a search at a gate does; references add up. */
    public static final EnrolmentOptions DEFAULT =
            new EnrolmentOptions(true, 1e-4, Optional.empty(), false, List.of(), Optional.empty());

    private static final int MAX_REASON = 1_000;

    /** Without templates of older packs, and in the groups so far. */
    public EnrolmentOptions(
            boolean isChecked, double duplicateFalseMatchRate, Optional<String> allowedDuplicate, boolean isReplacing) {
        this(isChecked, duplicateFalseMatchRate, allowedDuplicate, isReplacing, List.of(), Optional.empty());
    }

    public EnrolmentOptions {
        Objects.requireNonNull(allowedDuplicate, "allowedDuplicate");
        alsoCompared = List.copyOf(alsoCompared);
        groups = groups.map(GroupCodec::require);
        if (!(duplicateFalseMatchRate > 0 && duplicateFalseMatchRate < 1)) {
            throw new IllegalArgumentException(
                    "a false match rate lies between 0 and 1, not " + duplicateFalseMatchRate);
        }
        allowedDuplicate.ifPresent(reason -> {
            if (reason.isBlank() || reason.length() > MAX_REASON) {
                throw new IllegalArgumentException("a duplicate is allowed for a reason of 1 to " + MAX_REASON
                        + " characters, which the ledger keeps, not of " + reason.length());
            }
        });
    }

    public EnrolmentOptions withDuplicateFalseMatchRate(double rate) {
        return new EnrolmentOptions(isChecked, rate, allowedDuplicate, isReplacing, alsoCompared, groups);
    }

    /** Does not look for the face among other people: for a pack without calibration, or a check made elsewhere. */
    public EnrolmentOptions withoutDuplicateCheck() {
        return new EnrolmentOptions(
                false, duplicateFalseMatchRate, allowedDuplicate, isReplacing, alsoCompared, groups);
    }

    /** Enrols a face that is another person's too, and records that somebody decided so. */
    public EnrolmentOptions allowingDuplicate(String reason) {
        return new EnrolmentOptions(
                isChecked, duplicateFalseMatchRate, Optional.of(reason), isReplacing, alsoCompared, groups);
    }

    /** Re-enrols: the new reference takes the place of the person's others in one step. */
    public EnrolmentOptions replacing() {
        return new EnrolmentOptions(isChecked, duplicateFalseMatchRate, allowedDuplicate, true, alsoCompared, groups);
    }

    /**
     * Looks for the face among the references of an older pack too, while the gallery holds it (see
     * {@link GalleryBuilder#alsoHolding}): with this template, which that pack made of the same picture. It is compared, not
     * kept, and ignored once the pack was dropped. Each further pack is a further search at the same rate, so that enrolments
     * are held up for nothing up to so many times as often.
     */
    public EnrolmentOptions alsoComparing(Template older) {
        List<Template> all = new ArrayList<>(alsoCompared);
        all.add(Objects.requireNonNull(older, "older"));
        return new EnrolmentOptions(isChecked, duplicateFalseMatchRate, allowedDuplicate, isReplacing, all, groups);
    }

    /** Puts the person into these groups and no others; a group is named as a zone's code is formed. */
    public EnrolmentOptions inGroups(Set<String> names) {
        return new EnrolmentOptions(
                isChecked, duplicateFalseMatchRate, allowedDuplicate, isReplacing, alsoCompared, Optional.of(names));
    }
}
