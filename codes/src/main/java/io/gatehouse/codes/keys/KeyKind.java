package io.gatehouse.codes.keys;

import io.gatehouse.codes.internal.cose.CoseVerificationKey;
import io.gatehouse.codes.internal.cose.Ed25519Key;
import io.gatehouse.codes.internal.cose.Es256Key;

/** The kinds of key pairs that sign. Signatures of both have 64 bytes. */
public enum KeyKind {
    /** Ed25519 (RFC 8032): public keys of 32 bytes. COSE algorithm −19 (RFC 9864), and −8 is read too. */
    ED25519(Ed25519Key.ALG_ED25519),
    /**
     * ECDSA on P-256 with SHA-256 (FIPS 186-5), for devices that have no other: public keys of 33 bytes, the compressed
     * point of SEC 1 §2.3.3; signatures are r and s, one after the other. COSE algorithm −9 (RFC 9864), and −7 is read too.
     */
    P256(Es256Key.ALG_ESP256);

    private final long coseAlgorithm;

    KeyKind(long coseAlgorithm) {
        this.coseAlgorithm = coseAlgorithm;
    }

    /** The number, in the registry of COSE algorithms, that signatures are made under. */
    public long coseAlgorithm() {
        return coseAlgorithm;
    }

    CoseVerificationKey read(byte[] publicKey) {
        return this == ED25519 ? Ed25519Key.of(publicKey) : Es256Key.ofCompressed(publicKey);
    }
}
