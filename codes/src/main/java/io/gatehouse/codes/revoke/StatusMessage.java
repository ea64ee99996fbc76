package io.gatehouse.codes.revoke;

import java.time.Duration;
import java.time.Instant;

/**
 * What a signed status message says, before its content is opened. Arrays are shared, this stays inside.
 *
 * @param issuer   who keeps the list
 * @param issuedAt as of when ({@code iat})
 * @param maxAge   how long it may be gone by ({@code ttl})
 * @param number   the list
 * @param version  the version that it gives
 * @param content  the places, or what changed
 */
record StatusMessage(String issuer, Instant issuedAt, Duration maxAge, int number, long version, Content content) {

    /** The body is compressed. */
    sealed interface Content {
        int bits();

        int size();

        byte[] body();
    }

    /** All places. */
    record Whole(int bits, int size, byte[] body) implements Content {}

    /**
     * What changed since a version.
     *
     * @param base       that version
     * @param baseDigest its digest
     * @param digest     that of the version it gives
     */
    record Changes(int bits, int size, long base, byte[] baseDigest, byte[] digest, byte[] body) implements Content {}
}
