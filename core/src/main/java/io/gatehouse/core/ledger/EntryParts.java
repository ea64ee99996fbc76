package io.gatehouse.core.ledger;

import io.gatehouse.core.internal.FieldReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of an entry stand in its canonical bytes, {@link EntryCodec} says how, so that millions of them can be
 * compared without being decoded. Each part ends where the next begins; texts begin with 2 bytes of length. Whatever
 * {@link EntryCodec#decode} reads has parts; not all that has parts is canonical, unless it {@link #isPlain}.
 */
record EntryParts(int portal, int zone, int person, int facts, int sealed) {
    /** Where what differs in length begins, with the kind. */
    static final int TEXTS_AT = 41;

    static final int KIND_AT = TEXTS_AT + Short.BYTES;
    static final int ID_AT = 1;
    static final int OCCURRED_AT = 17;
    static final int RECORDED_AT = 29;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final byte FORMAT = 1;
    private static final byte PSEUDONYM = 1;
    private static final byte WITHHELD = 2;
    private static final int NANOS_A_SECOND = 1_000_000_000;

    /** Null if these are no entry of format 1. */
    static @Nullable EntryParts of(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        int length = content.length;
        if (length <= TEXTS_AT || content[0] != FORMAT || !isTime(in, OCCURRED_AT) || !isTime(in, RECORDED_AT)) {
            return null;
        }
        int portal = skipTexts(in, TEXTS_AT, 1);
        int zone = skipTexts(in, portal, 1);
        int person = skipTexts(in, zone, 1);
        if (person >= length || content[person] < 0 || content[person] > WITHHELD) {
            return null;
        }
        boolean isSomebody = content[person] == PSEUDONYM;
        int facts = person + 1 + (isSomebody ? EntryCodec.PSEUDONYM_BYTES : 0);
        if (facts + Short.BYTES > length) {
            return null;
        }
        int sealed = skipTexts(in, facts + Short.BYTES, 2 * (in.getShort(facts) & 0xFFFF));
        if (sealed + Integer.BYTES > length) {
            return null;
        }
        int rest = length - sealed - Integer.BYTES;
        return in.getInt(sealed) == rest && (rest == 0 || isSomebody)
                ? new EntryParts(portal, zone, person, facts, sealed)
                : null;
    }

    private static boolean isTime(ByteBuffer in, int at) {
        long seconds = in.getLong(at);
        int nanos = in.getInt(at + Long.BYTES);
        return seconds >= Instant.MIN.getEpochSecond()
                && seconds <= Instant.MAX.getEpochSecond()
                && nanos >= 0
                && nanos < NANOS_A_SECOND;
    }

    /** After so many texts; after the end of the bytes if they are cut. */
    private static int skipTexts(ByteBuffer in, int from, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            if (at + Short.BYTES > in.limit()) {
                return in.limit() + 1;
            }
            at += Short.BYTES + (in.getShort(at) & 0xFFFF);
        }
        return at;
    }

    boolean isSomebody(byte[] content) {
        return content[person] == PSEUDONYM;
    }

    static long occurredNanos(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        return IndexColumns.nanos(in.getLong(OCCURRED_AT), in.getInt(OCCURRED_AT + Long.BYTES));
    }

    /**
     * Whether the bytes are surely canonical. If not they may be, for example with texts that are not ASCII: only
     * decoding them tells.
     */
    boolean isPlain(byte[] content) {
        return isAscii(content, TEXTS_AT, person) && isAscii(content, facts, sealed) && factsAscend(content);
    }

    private static boolean isAscii(byte[] content, int from, int end) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (((long) WORDS.get(content, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (content[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean factsAscend(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        int count = in.getShort(facts);
        int before = 0;
        int beforeEnd = 0;
        int at = facts + Short.BYTES;
        for (int i = 0; i < count; i++) {
            int name = at + Short.BYTES;
            int end = name + in.getShort(at);
            if (i > 0 && Arrays.compare(content, before, beforeEnd, content, name, end) >= 0) {
                return false;
            }
            before = name;
            beforeEnd = end;
            at = skipTexts(in, end, 1);
        }
        return count <= FieldReader.MAX_FACTS;
    }
}
