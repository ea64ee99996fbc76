package io.gatehouse.codes.internal.cose;

/** A public key and the algorithms (numbers of the COSE registry) that it may be used with. Thread-safe. */
public interface CoseVerificationKey {
    /** Whether the algorithm is one of this key's. */
    boolean takes(long algorithm);

    /** Whether the signature is this key's; never throws, whatever the bytes. */
    boolean verify(byte[] signed, byte[] signature);
}
