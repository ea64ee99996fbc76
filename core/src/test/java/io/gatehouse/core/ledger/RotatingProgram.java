package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Appends and rotates the signing key until it is killed, and says each new key on its standard output. */
final class RotatingProgram {
    private RotatingProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (LedgerHouse house = LedgerHouse.open(Path.of(arguments[0]))) {
            for (int number = 0; ; number++) {
                house.ledger().append(LedgerHouse.event(number));
                VerifierKey key = house.ledger().rotateSigningKey();
                System.out.write(("key " + key + " end\n").getBytes(StandardCharsets.US_ASCII));
                System.out.flush();
            }
        }
    }
}
