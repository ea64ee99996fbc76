package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.PersonTables.Seen;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Says of a run of {@link PersonIndex} whom it surely does not list, so that a search need not look: a Bloom filter
 * (Bloom, 1970) of a byte a person and four looks, which takes one in 40 others for somebody who is there. Pseudonyms are
 * random, so that their own bytes say where to look. Immutable and thread-safe.
 */
final class PersonFilter {
    private static final int LOOKS = EntryCodec.PSEUDONYM_BYTES / Integer.BYTES;

    private final byte[] bits;

    private PersonFilter(byte[] bits) {
        this.bits = bits;
    }

    /** Of who was seen, in any order. */
    static PersonFilter of(List<Seen> seen) {
        List<ByteBuffer> persons = seen.stream().map(Seen::pseudonym).distinct().toList();
        PersonFilter filter = new PersonFilter(new byte[Math.max(1, persons.size())]);
        persons.forEach(filter::add);
        return filter;
    }

    /** As it was stored; at least one byte. */
    static PersonFilter of(byte[] stored) {
        return new PersonFilter(stored.clone());
    }

    private void add(ByteBuffer pseudonym) {
        for (int look = 0; look < LOOKS && isPseudonym(pseudonym); look++) {
            int at = place(pseudonym, look);
            bits[at / Byte.SIZE] |= (byte) (1 << at % Byte.SIZE);
        }
    }

    /** False if this person is surely not among them. */
    boolean mayHold(ByteBuffer pseudonym) {
        for (int look = 0; look < LOOKS && isPseudonym(pseudonym); look++) {
            int at = place(pseudonym, look);
            if ((bits[at / Byte.SIZE] & 1 << at % Byte.SIZE) == 0) {
                return false;
            }
        }
        return true;
    }

    /** One that was altered may have any length; it is left to those who look. */
    private static boolean isPseudonym(ByteBuffer pseudonym) {
        return pseudonym.remaining() == EntryCodec.PSEUDONYM_BYTES;
    }

    private int place(ByteBuffer pseudonym, int look) {
        int word = pseudonym.getInt(pseudonym.position() + look * Integer.BYTES);
        return Integer.remainderUnsigned(word, bits.length * Byte.SIZE);
    }

    byte[] bytes() {
        return bits.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonFilter filter && Arrays.equals(bits, filter.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return "PersonFilter[" + bits.length + " bytes]";
    }
}
