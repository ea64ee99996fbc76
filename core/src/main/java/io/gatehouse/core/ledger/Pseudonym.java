package io.gatehouse.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What stands for a person in an entry, as a key of maps: 16 random bytes, of which the first are the hash; one that was
 * altered may have any length. Ordered as databases order bytes. Immutable and thread-safe; the array is not copied, this
 * stays inside.
 */
final class Pseudonym implements Comparable<Pseudonym> {
    /** Of an entry that has no person. */
    static final Pseudonym NOBODY = new Pseudonym(new byte[0]);

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int hash;

    private Pseudonym(byte[] bytes) {
        this.bytes = bytes;
        this.hash = bytes.length < Integer.BYTES ? Arrays.hashCode(bytes) : word(0);
    }

    static Pseudonym of(byte[] bytes) {
        return bytes.length == 0 ? NOBODY : new Pseudonym(bytes);
    }

    boolean isNobody() {
        return bytes.length == 0;
    }

    /** Whether it has the length of one. */
    boolean isWhole() {
        return bytes.length == EntryCodec.PSEUDONYM_BYTES;
    }

    /** Four of its bytes as a number; {@code index} counts such words. */
    int word(int index) {
        return (int) WORDS.get(bytes, index * Integer.BYTES);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int compareTo(Pseudonym other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pseudonym pseudonym && Arrays.equals(bytes, pseudonym.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Without its bytes: the same person's in all entries. */
    @Override
    public String toString() {
        return "Pseudonym[" + bytes.length + " bytes]";
    }
}
