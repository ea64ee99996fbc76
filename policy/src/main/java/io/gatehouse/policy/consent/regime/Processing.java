package io.gatehouse.policy.consent.regime;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Purpose;
import java.util.Objects;

/**
 * That a site uses data for a purpose, and on what ground. Immutable and thread-safe.
 *
 * @param purpose     what for
 * @param dataClass   which data
 * @param isBiometric whether they are biometric data that identify people
 * @param basis       on what ground
 * @param reason      why that ground holds: the law or contract it is in, 1 to 500 characters
 * @param isSeparate  if on consent: whether it has a notice and an answer of its own
 */
public record Processing(
        Purpose purpose,
        DataClass dataClass,
        boolean isBiometric,
        LegalBasis basis,
        String reason,
        boolean isSeparate) {
    private static final int MAX_REASON = 500;

    public Processing {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(basis, "basis");
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "why a ground holds takes 1 to " + MAX_REASON + " characters, not " + reason.length());
        }
    }
}
