package io.gatehouse.core.store;

/** The claim of a store whose database nobody else can open. */
final class UnsharedClaim implements Claim {
    private volatile boolean closed;

    @Override
    public boolean isHeld() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
