package io.gatehouse.codes.internal.cose;

/** Signs bytes with a private key that it keeps to itself. */
@FunctionalInterface
public interface CoseSigner {
    byte[] sign(byte[] toBeSigned);
}
