package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.reason.Reason;
import java.util.Optional;

/** Whether there is a lawful basis for people's faces at one purpose. Thread-safe as the basis is. */
record Consents(Purpose purpose, LawfulBasis basis) {
    boolean isLawful(PersonId person) {
        return basis.basisFor(person, purpose, DataClass.FACE_TEMPLATE).isLawful();
    }

    Optional<Reason> refusal(PersonId person) {
        return basis.basisFor(person, purpose, DataClass.FACE_TEMPLATE).refusal();
    }
}
