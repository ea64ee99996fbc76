package io.gatehouse.codes.bundle;

import io.gatehouse.codes.keys.IssuerKey;

/**
 * The key of bundles that a gate trusts.
 *
 * @param key    the key
 * @param number how many came before it, by changes that each signed the next
 */
record Pin(IssuerKey key, long number) {}
