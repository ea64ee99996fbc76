/**
 * Passes that are taken back before they expire. At the issuer a {@link io.gatehouse.codes.revoke.StatusRegister} gives out
 * places in status lists and keeps what became of each, and a {@link io.gatehouse.codes.revoke.StatusPublisher} signs the
 * list, or what changed, and pushes it; at a gate {@link io.gatehouse.codes.revoke.StatusLists} takes these, holds them on
 * the gate's disk and answers from memory.
 *
 * <p>A list follows the IETF's Token Status List (draft-ietf-oauth-status-list) where that fits: what a place's 1 or 2 bits
 * mean, the order of the bits, the compression, and the claims {@code iat} and {@code ttl}. What it does not have is ours:
 * a version that never goes back, changes from one version to another, a number in the place of a URI. The bytes are laid
 * out in {@code STATUS-FORMAT.md}.
 */
@NullMarked
package io.gatehouse.codes.revoke;

import org.jspecify.annotations.NullMarked;
