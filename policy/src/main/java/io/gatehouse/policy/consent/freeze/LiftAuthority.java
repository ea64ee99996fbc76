package io.gatehouse.policy.consent.freeze;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.util.Optional;

/** Port: who may lift a freeze, such as a role in the site's rules. Implementations are thread-safe. */
@FunctionalInterface
public interface LiftAuthority {
    /** Why this person may not lift a freeze on that person's data; empty if they may. */
    Optional<Reason> refusal(PersonId lifting, Freeze freeze);
}
