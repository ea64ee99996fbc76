/**
 * What it takes to check a ledger without trusting whoever keeps it: Merkle trees and proofs (RFC 9162), signed
 * checkpoints and the verifier of exported ledgers. Needs nothing but the JDK, so that it can be run apart from
 * everything else.
 */
@NullMarked
package io.gatehouse.core.ledger.verify;

import org.jspecify.annotations.NullMarked;
