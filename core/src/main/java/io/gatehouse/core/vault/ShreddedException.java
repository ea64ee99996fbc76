package io.gatehouse.core.vault;

/** The key for this person and data class was destroyed, and new data must not silently begin under another. */
public class ShreddedException extends VaultException {
    public ShreddedException(String message) {
        super(message);
    }
}
