package io.gatehouse.biometrics.gallery;

/** Counts what is loaded of several packs, for one listener. Thread-safe. */
final class LoadProgress {
    private final LoadListener listener;
    private final int total;
    private int loaded;

    LoadProgress(LoadListener listener, int total) {
        this.listener = listener;
        this.total = total;
    }

    synchronized void add(int references) {
        loaded += references;
        listener.loaded(loaded, total);
    }
}
