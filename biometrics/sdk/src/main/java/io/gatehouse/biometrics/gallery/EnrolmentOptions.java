package io.gatehouse.biometrics.gallery;

import java.util.Objects;
import java.util.Optional;

/**
 * How a person is enrolled. Immutable and thread-safe.
 *
 * @param isChecked               whether the face is looked for among other people first
 * @param duplicateFalseMatchRate at which false match rate a face counts as another person's; among N people about N × this
 *                                part of enrolments is held up for nothing
 * @param allowedDuplicate        why a face that is another person's is enrolled all the same: twins; recorded in the ledger
 * @param isReplacing             whether the person's references so far go, whichever pack made them
 */
public record EnrolmentOptions(
        boolean isChecked, double duplicateFalseMatchRate, Optional<String> allowedDuplicate, boolean isReplacing) {
    /** The face is looked for at one false match in 10,000 comparisons, as a search at a gate does; references add up. */
    public static final EnrolmentOptions DEFAULT = new EnrolmentOptions(true, 1e-4, Optional.empty(), false);

    private static final int MAX_REASON = 1_000;

    public EnrolmentOptions {
        Objects.requireNonNull(allowedDuplicate, "allowedDuplicate");
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
        return new EnrolmentOptions(isChecked, rate, allowedDuplicate, isReplacing);
    }

    /** Does not look for the face among other people: for a pack without calibration, or a check made elsewhere. */
    public EnrolmentOptions withoutDuplicateCheck() {
        return new EnrolmentOptions(false, duplicateFalseMatchRate, allowedDuplicate, isReplacing);
    }

    /** Enrols a face that is another person's too, and records that somebody decided so. */
    public EnrolmentOptions allowingDuplicate(String reason) {
        return new EnrolmentOptions(isChecked, duplicateFalseMatchRate, Optional.of(reason), isReplacing);
    }

    /** Re-enrols: the new reference takes the place of the person's others in one step. */
    public EnrolmentOptions replacing() {
        return new EnrolmentOptions(isChecked, duplicateFalseMatchRate, allowedDuplicate, true);
    }
}
