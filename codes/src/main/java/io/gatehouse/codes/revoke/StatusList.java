package io.gatehouse.codes.revoke;

import io.gatehouse.codes.token.StatusReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The status of each place of a list at one version. The bytes are those of the Token Status List (§4.1): places follow
 * each other in a byte from its least significant bit on. A million places take 125,000 bytes with 1 bit, 250,000 with 2.
 * Immutable and thread-safe.
 */
public final class StatusList {
    /** As many places as a list can have. */
    public static final int MAX_SIZE = StatusReference.MAX_INDEX + 1;

    private static final byte[] DOMAIN = "gatehouse status list".getBytes(StandardCharsets.US_ASCII);

    private final int number;
    private final long version;
    private final int bits;
    private final int size;
    private final byte[] bytes;

    private StatusList(int number, long version, int bits, int size, byte[] bytes) {
        this.number = number;
        this.version = version;
        this.bits = bits;
        this.size = size;
        this.bytes = bytes;
    }

    /**
     * A list from its bytes.
     *
     * @param number  names the list
     * @param version not negative; each change of a status makes a higher one
     * @param bits    1, or 2 if passes can be suspended
     * @param size    how many places, 1 to 16,777,216
     * @param bytes   the places, 8 or 4 a byte
     * @throws IllegalArgumentException if they do not go together, or a place has a status that there is not
     */
    public static StatusList of(int number, long version, int bits, int size, byte[] bytes) {
        require(number, version, bits, size);
        int wanted = byteLength(bits, size);
        if (bytes.length != wanted) {
            throw new IllegalArgumentException("a status list of " + size + " places of " + bits + " bits has " + wanted
                    + " bytes, this one " + bytes.length);
        }
        StatusList list = new StatusList(number, version, bits, size, bytes.clone());
        list.requireKnownStatuses();
        return list;
    }

    /** A list in which everything is valid, version 0. */
    public static StatusList empty(int number, int bits, int size) {
        require(number, 0, bits, size);
        return new StatusList(number, 0, bits, size, new byte[byteLength(bits, size)]);
    }

    private static void require(int number, long version, int bits, int size) {
        if (number < 0 || number > StatusReference.MAX_LIST) {
            throw new IllegalArgumentException(
                    "a status list's number is 0 to " + StatusReference.MAX_LIST + ", not " + number);
        }
        if (version < 0) {
            throw new IllegalArgumentException("a status list's version is not negative, this one is " + version);
        }
        if (bits != 1 && bits != 2) {
            throw new IllegalArgumentException("a status takes 1 or 2 bits, not " + bits);
        }
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("a status list has 1 to " + MAX_SIZE + " places, not " + size);
        }
    }

    private void requireKnownStatuses() {
        int unused = bytes.length * 8 / bits - size;
        int last = bytes[bytes.length - 1] & 0xFF;
        if (unused > 0 && last >>> (8 - unused * bits) != 0) {
            throw new IllegalArgumentException("the last byte of a status list says more than its " + size + " places");
        }
        for (int at = 0; bits == 2 && at < bytes.length; at++) {
            if ((bytes[at] & (bytes[at] >>> 1) & 0x55) != 0) {
                throw new IllegalArgumentException("a place in byte " + at + " of a status list has the number 3");
            }
        }
    }

    static int byteLength(int bits, int size) {
        return (size * bits + 7) / 8;
    }

    public int number() {
        return number;
    }

    public long version() {
        return version;
    }

    /** How many bits a status takes, 1 or 2. */
    public int bits() {
        return bits;
    }

    /** How many places there are. */
    public int size() {
        return size;
    }

    /** The places, 8 or 4 a byte; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** As {@link #bytes} without a copy, for who only reads. */
    byte[] shared() {
        return bytes;
    }

    /**
     * The status of a place.
     *
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public PassStatus statusOf(int index) {
        return PassStatus.ofNumber(numberOf(Objects.checkIndex(index, size)));
    }

    private int numberOf(int index) {
        int bit = index * bits;
        return (bytes[bit >>> 3] >>> (bit & 7)) & ((1 << bits) - 1);
    }

    /**
     * A later version of this list.
     *
     * @param later    higher than this version, or equal if nothing changes
     * @param statuses the places that change
     * @throws IllegalArgumentException if the version is not later, or a status does not fit into the list's bits
     */
    public StatusList with(long later, Map<Integer, PassStatus> statuses) {
        if (later < version || (later == version && !statuses.isEmpty())) {
            throw new IllegalArgumentException(
                    "version " + later + " of list " + number + " is not later than " + version);
        }
        byte[] changed = bytes.clone();
        statuses.forEach((index, status) -> {
            int bit = Objects.checkIndex(index, size) * bits;
            if (status.number() >>> bits != 0) {
                throw new IllegalArgumentException("list " + number + " has 1 bit a place, none is " + status);
            }
            int cleared = changed[bit >>> 3] & ~(((1 << bits) - 1) << (bit & 7));
            changed[bit >>> 3] = (byte) (cleared | (status.number() << (bit & 7)));
        });
        return new StatusList(number, later, bits, size, changed);
    }

    /**
     * The places whose status is another in a later version, by index.
     *
     * @throws IllegalArgumentException if that is not the same list
     */
    public Map<Integer, PassStatus> changesTo(StatusList later) {
        if (number != later.number || bits != later.bits || size != later.size) {
            throw new IllegalArgumentException(this + " and " + later + " are not versions of one list");
        }
        Map<Integer, PassStatus> changes = new TreeMap<>();
        int perByte = 8 / bits;
        int at = Arrays.mismatch(bytes, later.bytes);
        for (int each = Math.max(at, 0); at >= 0 && each < bytes.length; each++) {
            for (int index = each * perByte;
                    bytes[each] != later.bytes[each] && index < (each + 1) * perByte;
                    index++) {
                if (index < size && numberOf(index) != later.numberOf(index)) {
                    changes.put(index, later.statusOf(index));
                }
            }
        }
        return changes;
    }

    /** SHA-256 over number, version, bits, size and places. */
    byte[] digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(DOMAIN);
            sha256.update(ByteBuffer.allocate(20)
                    .putInt(number)
                    .putLong(version)
                    .putInt(bits)
                    .putInt(size)
                    .flip());
            return sha256.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusList that
                && number == that.number
                && version == that.version
                && bits == that.bits
                && size == that.size
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, version, bits, size, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return "StatusList[" + number + ", version " + version + ", " + size + " places of " + bits + " bits]";
    }
}
