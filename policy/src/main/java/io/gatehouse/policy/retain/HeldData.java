package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;

/**
 * Port: whether data must be kept though they may not be used, for a claim or an inquiry. Implementations are thread-safe
 * and answer "yes" when they cannot tell, for what is destroyed cannot be brought back.
 */
@FunctionalInterface
public interface HeldData {
    /** Nothing is ever held. */
    HeldData NONE = (person, dataClass) -> false;

    /** Whether anything of this class about this person is held now. */
    boolean holds(PersonId person, DataClass dataClass);
}
