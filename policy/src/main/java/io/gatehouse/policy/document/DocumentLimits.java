package io.gatehouse.policy.document;

/**
 * How much of a document is read, so that none can fill the memory. Immutable and thread-safe.
 *
 * @param maxBytes         of a document that is read as a whole; counted before anything is parsed
 * @param maxStreamedBytes of a document whose list is read item by item
 * @param maxValues        values in a document that is read as a whole, or in one item of a streamed list
 * @param maxDepth         objects and lists within each other
 * @param maxText          characters of one text or name
 */
public record DocumentLimits(int maxBytes, long maxStreamedBytes, int maxValues, int maxDepth, int maxText) {
    public DocumentLimits {
        if (maxBytes < 1 || maxStreamedBytes < maxBytes || maxValues < 1 || maxDepth < 1 || maxText < 1) {
            throw new IllegalArgumentException("limits are at least 1, and streamed documents may be the longer ones: "
                    + maxBytes + " and " + maxStreamedBytes + " bytes, " + maxValues + " values, depth " + maxDepth
                    + ", texts of " + maxText);
        }
        if (maxStreamedBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("at most " + Integer.MAX_VALUE + " bytes are streamed, not "
                    + maxStreamedBytes + ": use more files");
        }
    }

    /** 3 MiB as a whole, 256 MiB streamed, 200,000 values, 24 deep, texts of 10,000 characters. */
    public static DocumentLimits standard() {
        return new DocumentLimits(3 << 20, 256L << 20, 200_000, 24, 10_000);
    }

    /** The same with another size of a document that is read as a whole. */
    public DocumentLimits maxBytes(int bytes) {
        return new DocumentLimits(bytes, Math.max(bytes, maxStreamedBytes), maxValues, maxDepth, maxText);
    }
}
