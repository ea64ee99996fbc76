package io.gatehouse.biometrics.gallery.search;

/** How an index searches: what it keeps beside the vectors, and what that costs. Immutable and thread-safe. */
public enum SearchMode {
    /** Compares with every vector, and keeps nothing beside them. What the other two are measured by. */
    PLAIN,

    /**
     * A pass over codes of four bits a number leaves out what cannot matter; the answer is that of {@link #PLAIN}, bit for
     * bit. Half a byte a number, and 12 bytes a reference.
     */
    EXACT,

    /**
     * A pass over one or two bits a number, then over four, leaves out what in all likelihood does not matter; a reference
     * that matters is missed with at most the probability of {@link IndexOptions#missProbability()}. What is found has the
     * distances of {@link #PLAIN}.
     */
    BOUNDED
}
