package io.gatehouse.codes.rolling;

import java.io.IOException;
import java.time.Instant;

/**
 * Port: the last step that was taken of each pass, shared by the gates of a site, so that a code opens one of them once.
 * Gates that share none take a copied code once each, within its three steps. Implementations are thread-safe, also
 * between gates that share a store.
 */
public interface StepRegister {
    /**
     * Takes a step if it is later than all that were taken of this pass before: one atomic conditional write on one key,
     * durable when this returns.
     *
     * @param pass      names the pass, 1 to 128 characters
     * @param stepStart when the step began, in whole seconds
     * @param keepUntil from when on the pass is dead anyway and its last step may be forgotten
     * @return whether it was taken; if not, the same or a later one was
     * @throws IOException if that cannot be known or made durable
     */
    boolean take(String pass, Instant stepStart, Instant keepUntil) throws IOException;
}
