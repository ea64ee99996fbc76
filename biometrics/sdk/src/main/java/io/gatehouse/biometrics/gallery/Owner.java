package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What stands for a person in a row.
 *
 * @param pseudonym the same in all their rows of a purpose
 * @param sealed    leads back to the person
 */
record Owner(String pseudonym, byte[] sealed) {
    private static final String PSEUDONYM = "gatehouse gallery pseudonym v1\0";

    static Owner of(Vault vault, PersonId person, String purpose) throws IOException {
        String pseudonym = HexFormat.of().formatHex(vault.hash(person, DataClass.FACE_TEMPLATE, message(purpose)));
        return new Owner(pseudonym, vault.sealPerson(person, DataClass.FACE_TEMPLATE, context(pseudonym)));
    }

    /** What is hashed for a pseudonym. */
    static byte[] message(String purpose) {
        return (PSEUDONYM + purpose).getBytes(StandardCharsets.UTF_8);
    }

    /** What the sealed person is bound to. */
    static byte[] context(String pseudonym) {
        return pseudonym.getBytes(StandardCharsets.UTF_8);
    }
}
