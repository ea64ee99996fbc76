/**
 * Stops all use of a person's data at once, on a report of misuse, until somebody who may lifts it. A freeze changes no
 * answer of the person: what they consented to holds again when it is lifted.
 */
@NullMarked
package io.gatehouse.policy.consent.freeze;

import org.jspecify.annotations.NullMarked;
