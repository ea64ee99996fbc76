package io.gatehouse.biometrics.protect;

import io.gatehouse.core.identity.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One template on its way to another site, with what allows that. The array is copied in and out.
 *
 * @param person     whose
 * @param basis      the consent or other lawful basis for sending it, such as a receipt's id: 1 to 200 bytes in UTF-8
 * @param enrolledAt when it was taken
 * @param vector     as the model made it, not turned by anybody's key
 */
public record ExchangedTemplate(PersonId person, String basis, Instant enrolledAt, float[] vector) {
    static final int MOST_BASIS = 200;

    public ExchangedTemplate {
        Objects.requireNonNull(person, "person");
        enrolledAt = enrolledAt.truncatedTo(ChronoUnit.MILLIS);
        vector = vector.clone();
        int length = basis.getBytes(StandardCharsets.UTF_8).length;
        if (basis.isBlank() || length > MOST_BASIS) {
            throw new IllegalArgumentException("a template is sent on a basis of 1 to " + MOST_BASIS
                    + " bytes, such as a consent receipt's id, not of " + length);
        }
    }

    @Override
    public float[] vector() {
        return vector.clone();
    }

    /** Says nothing of the person or the face. */
    @Override
    public String toString() {
        return "ExchangedTemplate[redacted]";
    }
}
