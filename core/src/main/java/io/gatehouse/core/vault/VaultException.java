package io.gatehouse.core.vault;

import java.io.IOException;

/** Sealed data cannot be opened, or a key cannot be used. The message names the data class, never person, key or clear text. */
public class VaultException extends IOException {
    public VaultException(String message) {
        super(message);
    }

    public VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
