package io.gatehouse.codes.revoke;

import io.gatehouse.codes.keys.KeyId;
import java.time.Duration;
import java.time.Instant;

/**
 * A list that a gate goes by.
 *
 * @param list     the list
 * @param issuedAt as of when
 * @param maxAge   how long its issuer lets it be gone by
 * @param key      the key that signed it, or the last change of it
 */
record HeldList(StatusList list, Instant issuedAt, Duration maxAge, KeyId key) {}
