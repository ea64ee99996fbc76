package io.gatehouse.core.gate;

import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.identity.Identity;

/**
 * Port of the first stage: who does this evidence show? Implementations are thread-safe, answer
 * {@link Identity.Unknown} with a reason for everything that happens in ordinary life, and answer for the kinds of
 * evidence that they know.
 *
 * @param <E> the kind of evidence it understands
 */
@FunctionalInterface
public interface Identifier<E extends Evidence> {
    /** Who is it, at this place? */
    Identity identify(E evidence, Checkpost checkpost);
}
