package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.MerkleTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The place after which a page begins, as a text: 1 byte format, 8 bytes digest of the query, 8 bytes time, 8 bytes
 * position, in URL-safe Base64. It holds nothing secret and nothing personal, and gives no rights: it is checked for
 * form only.
 */
record SearchCursor(long occurredNanos, long position) {
    private static final byte FORMAT = 1;
    private static final int DIGEST_BYTES = 8;
    private static final int BYTES = 1 + DIGEST_BYTES + 2 * Long.BYTES;

    String text(LedgerQuery query, byte[] pseudonym) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .put(digest(query, pseudonym))
                .putLong(occurredNanos)
                .putLong(position)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static SearchCursor parse(String text, LedgerQuery query, byte[] pseudonym) {
        byte[] bytes = new byte[0];
        if (text.length() <= 2 * BYTES) {
            bytes = Base64.getUrlDecoder().decode(text);
        }
        if (bytes.length != BYTES
                || bytes[0] != FORMAT
                || !Arrays.equals(Arrays.copyOfRange(bytes, 1, 1 + DIGEST_BYTES), digest(query, pseudonym))) {
            throw new IllegalArgumentException("the cursor is not one of this query: begin at the first page");
        }
        ByteBuffer place = ByteBuffer.wrap(bytes, 1 + DIGEST_BYTES, 2 * Long.BYTES);
        return new SearchCursor(place.getLong(), place.getLong());
    }

    /** Of the conditions and the order; pages may differ in size. The person counts by pseudonym, which tells nothing. */
    private static byte[] digest(LedgerQuery query, byte[] pseudonym) {
        byte[] conditions = String.join(
                        "\n",
                        query.from().toString(),
                        query.until().toString(),
                        query.portal().toString(),
                        query.zone().toString(),
                        query.kind().toString(),
                        query.order().toString())
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(conditions.length + pseudonym.length)
                .put(conditions)
                .put(pseudonym)
                .array();
        return Arrays.copyOf(MerkleTree.leafHash(all), DIGEST_BYTES);
    }
}
