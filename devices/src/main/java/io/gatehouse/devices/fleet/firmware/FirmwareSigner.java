package io.gatehouse.devices.fleet.firmware;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Objects;

/** Signs images, where they are built (Ed25519, RFC 8032). Thread-safe. */
public final class FirmwareSigner {
    private final PrivateKey key;

    private FirmwareSigner(PrivateKey key) {
        this.key = Objects.requireNonNull(key, "key");
    }

    /** A signer with an Ed25519 key. */
    public static FirmwareSigner create(PrivateKey key) {
        return new FirmwareSigner(key);
    }

    /**
     * The bytes of an image with its signature behind them.
     *
     * @throws IllegalArgumentException if the key cannot sign
     */
    public byte[] sign(FirmwareImage image) {
        byte[] signed = ImageCodec.encode(image);
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(signed);
            byte[] signature = ed25519.sign();
            byte[] all = Arrays.copyOf(signed, signed.length + signature.length);
            System.arraycopy(signature, 0, all, signed.length, signature.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is no Ed25519 key that can sign", e);
        }
    }
}
