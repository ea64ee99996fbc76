package io.gatehouse.biometrics.gallery;

/**
 * Hears how far a gallery that is being opened has come, for example for a start-up screen. Called by one thread at a
 * time, not always the same, at least every few thousand references and once at the end; an exception ends the opening.
 */
@FunctionalInterface
public interface LoadListener {
    /**
     * So many references are in memory.
     *
     * @param loaded those that were left out because their people were shredded included
     * @param total  how many there are in the store, of the packs that the gallery holds
     */
    void loaded(int loaded, int total);
}
