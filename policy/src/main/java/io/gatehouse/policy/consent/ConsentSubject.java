package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.util.Objects;

/**
 * What one consent is about: whose data, of which class, for which purpose. Consent to one says nothing about another.
 * Immutable and thread-safe; {@code toString} leaves the person out.
 *
 * @param person    whose
 * @param purpose   what for
 * @param dataClass which data
 */
public record ConsentSubject(PersonId person, Purpose purpose, DataClass dataClass) {
    public ConsentSubject {
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(dataClass, "dataClass");
    }

    public static ConsentSubject of(PersonId person, Purpose purpose, DataClass dataClass) {
        return new ConsentSubject(person, purpose, dataClass);
    }

    @Override
    public String toString() {
        return "ConsentSubject[" + dataClass + " for " + purpose + "]";
    }
}
