/** The record nobody can alter: an append-only log with Merkle proofs (RFC 6962, RFC 9162) and signed checkpoints. */
@NullMarked
package io.gatehouse.core.ledger;

import org.jspecify.annotations.NullMarked;
