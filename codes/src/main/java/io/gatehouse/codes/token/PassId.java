package io.gatehouse.codes.token;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Names a pass uniquely among all of its issuer ({@code cti}, RFC 8392 §3.1.7): what a single use is recorded under and
 * what is revoked. It need not be secret, since the pass is signed. Immutable and thread-safe.
 */
public final class PassId {
    static final int MIN_LENGTH = 4;
    static final int MAX_LENGTH = 16;
    private static final int RANDOM_LENGTH = 8;

    private final byte[] value;

    private PassId(byte[] value) {
        this.value = value;
    }

    /**
     * An id of 4 to 16 bytes. Short ones make the code smaller, but then the issuer has to see to it that none comes twice.
     *
     * @throws IllegalArgumentException if there are fewer or more
     */
    public static PassId of(byte[] value) {
        if (value.length < MIN_LENGTH || value.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a pass id has " + MIN_LENGTH + " to " + MAX_LENGTH + " bytes, this one " + value.length);
        }
        return new PassId(value.clone());
    }

    /** A random id of 8 bytes: among a million passes two are alike with a probability of 3 in 100 million. */
    public static PassId random(RandomGenerator random) {
        byte[] value = new byte[RANDOM_LENGTH];
        random.nextBytes(value);
        return new PassId(value);
    }

    /**
     * The id that says where the pass's status is kept: 5 bytes, two of the list and three of the index, the higher first. It
     * comes once, since a place in a status list does, and makes the code smaller: such a pass need not say both.
     */
    public static PassId of(StatusReference status) {
        return new PassId(status.toBytes());
    }

    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PassId id && Arrays.equals(value, id.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** In lower-case hex, as it is recorded. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(value);
    }
}
