/**
 * Signed passes: a CWT (RFC 8392) in COSE_Sign1 (RFC 9052) with Ed25519, small enough for a QR code of version 7, verified
 * off line step by step. {@link io.gatehouse.codes.token.PassIssuer} makes them,
 * {@link io.gatehouse.codes.token.PassVerifier} says what is wrong with one, and
 * {@link io.gatehouse.codes.token.PassIdentifier} stands at a gate. The bytes are laid out in {@code PASS-FORMAT.md}.
 */
@NullMarked
package io.gatehouse.codes.token;

import org.jspecify.annotations.NullMarked;
