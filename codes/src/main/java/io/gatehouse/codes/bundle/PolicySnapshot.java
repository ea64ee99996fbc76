package io.gatehouse.codes.bundle;

import java.util.Arrays;
import java.util.Objects;

/**
 * The rules of a gate, in bytes that only whoever evaluates them understands. Immutable and thread-safe.
 *
 * @param type    what the bytes are: 1 to 64 characters, for example {@code permit/1}
 * @param version of the rules, not negative
 * @param bytes   at most 1 MiB
 */
public record PolicySnapshot(String type, long version, byte[] bytes) {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_TYPE = 64;

    public PolicySnapshot {
        if (type.isBlank() || type.length() > MAX_TYPE) {
            throw new IllegalArgumentException(
                    "a policy's type has 1 to " + MAX_TYPE + " characters, this one " + type.length());
        }
        if (version < 0) {
            throw new IllegalArgumentException("a policy's version is not negative, this one is " + version);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a policy has at most " + MAX_BYTES + " bytes, this one " + bytes.length);
        }
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicySnapshot that
                && type.equals(that.type)
                && version == that.version
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, version, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return "PolicySnapshot[" + type + ", version " + version + ", " + bytes.length + " bytes]";
    }
}
