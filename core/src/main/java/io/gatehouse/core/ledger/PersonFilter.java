package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.PersonTables.Seen;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        Set<Pseudonym> persons = new HashSet<>(2 * seen.size());
        for (Seen each : seen) {
            persons.add(each.pseudonym());
        }
        PersonFilter filter = new PersonFilter(new byte[Math.max(1, persons.size())]);
        persons.forEach(filter::add);
        return filter;
    }

    /** As it was stored; at least one byte. */
    static PersonFilter of(byte[] stored) {
        return new PersonFilter(stored.clone());
    }

    private void add(Pseudonym pseudonym) {
        for (int look = 0; look < LOOKS && pseudonym.isWhole(); look++) {
            int at = place(pseudonym, look);
            bits[at / Byte.SIZE] |= (byte) (1 << at % Byte.SIZE);
        }
    }

    /** False if this person is surely not among them; one that was altered to another length is left to those who look. */
    boolean mayHold(Pseudonym pseudonym) {
        for (int look = 0; look < LOOKS && pseudonym.isWhole(); look++) {
            int at = place(pseudonym, look);
            if ((bits[at / Byte.SIZE] & 1 << at % Byte.SIZE) == 0) {
                return false;
            }
        }
        return true;
    }

    private int place(Pseudonym pseudonym, int look) {
        return Integer.remainderUnsigned(pseudonym.word(look), bits.length * Byte.SIZE);
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
