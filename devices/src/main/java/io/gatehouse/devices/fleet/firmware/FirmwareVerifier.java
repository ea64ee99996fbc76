package io.gatehouse.devices.fleet.firmware;

import io.gatehouse.core.reason.Reason;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;

/** Reads images that one of its keys signed (Ed25519, RFC 8032), and looks at no byte of any other. Thread-safe. */
public final class FirmwareVerifier {
    private final List<PublicKey> keys;

    private FirmwareVerifier(List<PublicKey> keys) {
        this.keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("firmware is verified by at least one key");
        }
        for (PublicKey key : keys) {
            if (!key.getAlgorithm().equals("EdDSA") && !key.getAlgorithm().equals("Ed25519")) {
                throw new IllegalArgumentException("firmware is signed with Ed25519, not " + key.getAlgorithm());
            }
        }
    }

    /** A verifier that trusts these Ed25519 keys; several while one follows another. */
    public static FirmwareVerifier create(List<PublicKey> keys) {
        return new FirmwareVerifier(keys);
    }

    /** First the signature, then what was signed. */
    public FirmwareCheck verify(byte[] bytes) {
        if (bytes.length <= ImageCodec.SIGNATURE) {
            return untrusted("firmware.cut-off", "The image is cut off: it has no room for a signature.");
        }
        int end = bytes.length - ImageCodec.SIGNATURE;
        byte[] signed = Arrays.copyOf(bytes, end);
        byte[] signature = Arrays.copyOfRange(bytes, end, bytes.length);
        if (keys.stream().noneMatch(key -> isSigned(key, signed, signature))) {
            return untrusted("firmware.not-signed", "No key that is trusted here signed this image.");
        }
        try {
            return new FirmwareCheck.Trusted(ImageCodec.decode(signed));
        } catch (IllegalArgumentException e) {
            return untrusted("firmware.no-image", "What was signed is no image: " + e.getMessage() + ".");
        }
    }

    private static boolean isSigned(PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(signed);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static FirmwareCheck untrusted(String code, String text) {
        return new FirmwareCheck.Untrusted(Reason.of(code, text));
    }
}
