package io.gatehouse.codes.token;

import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * Port: whether passes were taken back or suspended, as far as this gate knows. A gate that does not know, or whose
 * knowledge is too old, says so and the pass is refused. Implementations are thread-safe, answer from memory, and
 * throw nothing.
 */
@FunctionalInterface
public interface PassStatuses {
    /**
     * Why a pass with this reference is not to be taken.
     *
     * @param at the gate's time, by which the age of what it knows is measured
     * @return empty if it stands; otherwise revoked, suspended, the list is not known here, or it is too old
     */
    Optional<Reason> whyNot(StatusReference reference, Instant at);

    /** Of a gate without status lists: no pass that has a status is taken, since nobody could have taken it back. */
    static PassStatuses none() {
        return (reference, at) -> Optional.of(Reason.format(
                "code.status-unknown",
                "This gate has no status list %d, by which this pass could be taken back: ask the guard.",
                reference.list()));
    }
}
