/**
 * What a gate works by when it is alone, in one signed piece: the issuers' keys, status lists, the zone table, the rules and
 * which time-zone data they were made for. A server makes a {@link io.gatehouse.codes.bundle.Bundle} and signs it with a
 * {@link io.gatehouse.codes.bundle.BundleSigner}; a {@link io.gatehouse.codes.bundle.GateBundle} takes it, keeps it and
 * answers by it. The bytes are laid out in {@code STATUS-FORMAT.md}, what is done when a key is stolen in {@code DRILL.md}.
 */
@NullMarked
package io.gatehouse.codes.bundle;

import org.jspecify.annotations.NullMarked;
