package io.gatehouse.codes.token;

/**
 * Where it is kept whether a pass was taken back: a place in one of the issuer's status lists. A place is given to one pass
 * and never again to another. Within what a gate trusts, a list's number names one list, as a key id names one key.
 * Immutable and thread-safe.
 *
 * @param list  the list's number, 0 to 65,535
 * @param index the place in it, 0 to 16,777,215
 */
public record StatusReference(int list, int index) {
    /** The highest number of a list. */
    public static final int MAX_LIST = 0xFFFF;

    /** The last place of a list. */
    public static final int MAX_INDEX = 0xFF_FFFF;

    public StatusReference {
        if (list < 0 || list > MAX_LIST) {
            throw new IllegalArgumentException("a status list's number is 0 to " + MAX_LIST + ", not " + list);
        }
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("an index in a status list is 0 to " + MAX_INDEX + ", not " + index);
        }
    }

    public static StatusReference of(int list, int index) {
        return new StatusReference(list, index);
    }

    /** Two bytes of the list and three of the index, the higher first. */
    byte[] toBytes() {
        return new byte[] {(byte) (list >>> 8), (byte) list, (byte) (index >>> 16), (byte) (index >>> 8), (byte) index};
    }

    @Override
    public String toString() {
        return list + "/" + index;
    }
}
