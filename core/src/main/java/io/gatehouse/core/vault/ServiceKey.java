package io.gatehouse.core.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;

/** A key-encryption key behind two functions, such as those of a key service's client. */
final class ServiceKey implements KeyEncryptionKey {
    private static final byte[] HEADER = {'G', 'K', 'A', 1};
    private static final int MAX_NAME = 64;

    private final String name;
    private final AeadOperation encrypt;
    private final AeadOperation decrypt;

    ServiceKey(String name, AeadOperation encrypt, AeadOperation decrypt) {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a key service's name has 1 to " + MAX_NAME + " characters, this one " + name.length());
        }
        this.name = name;
        this.encrypt = Objects.requireNonNull(encrypt, "encrypt");
        this.decrypt = Objects.requireNonNull(decrypt, "decrypt");
    }

    @Override
    public String kind() {
        return name;
    }

    @Override
    public byte[] wrap(byte[] key) throws IOException {
        try {
            byte[] sealed = encrypt.apply(key, HEADER.clone());
            return ByteBuffer.allocate(HEADER.length + sealed.length)
                    .put(HEADER)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "The key service " + name + " did not wrap a key: see whether it can be reached"
                            + " and whether this program may encrypt with the key.",
                    e);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped) throws IOException {
        if (wrapped.length < HEADER.length || !Arrays.equals(HEADER, Arrays.copyOf(wrapped, HEADER.length))) {
            throw new VaultException("This vault was not made with a key service: open it with what it was made with.");
        }
        try {
            return decrypt.apply(Arrays.copyOfRange(wrapped, HEADER.length, wrapped.length), HEADER.clone());
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "The key service " + name + " did not open the vault's key: see whether it can be"
                            + " reached, whether this program may decrypt, and whether it is the key that the vault was made"
                            + " with.",
                    e);
        }
    }

    @Override
    public String toString() {
        return "KeyEncryptionKey[" + name + "]";
    }
}
