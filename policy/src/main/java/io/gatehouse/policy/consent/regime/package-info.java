/**
 * What the law of a place asks, as data: a {@link io.gatehouse.policy.consent.regime.Regime} is a document in which each
 * rule names its source. A {@link io.gatehouse.policy.consent.regime.ComplianceCheck} holds what a site says of itself
 * against it and lists what is missing.
 *
 * <p>The documents that are shipped say how their makers understand the law. They are not legal advice, they do not say
 * everything that the law asks, and the law changes: have them checked, and read your own.
 */
@NullMarked
package io.gatehouse.policy.consent.regime;

import org.jspecify.annotations.NullMarked;
