package io.gatehouse.biometrics.gallery.search;

/**
 * How much memory an index takes, by its own account of the arrays it holds. Immutable and thread-safe.
 *
 * @param references how many references there are
 * @param vectors    bytes of float32 vectors, room for more included
 * @param codes      bytes of codes, norms and residuals
 * @param ids        bytes of ids and of the table from an id to its place
 * @param groups     bytes of the groups' bitmaps
 */
public record MemoryUse(int references, long vectors, long codes, long ids, long groups) {
    public long total() {
        return vectors + codes + ids + groups;
    }
}
