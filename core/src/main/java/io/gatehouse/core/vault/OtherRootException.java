package io.gatehouse.core.vault;

/** Another program put a new store key in the vault: nothing is wrong with what is sealed, but it must be opened again. */
public final class OtherRootException extends VaultException {
    private static final long serialVersionUID = 1L;

    OtherRootException() {
        super("Another program put a new store key in this vault: open the vault again.");
    }
}
