package io.gatehouse.core.vault;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/** What sealed bytes are bound to as associated data, so that they open in their own place only. Stateless. */
final class Bound {
    private Bound() {}

    static byte[] data(PersonId person, DataClass dataClass) {
        return associated("data", dataClass.value(), person.value());
    }

    static byte[] person(DataClass dataClass, byte[] context) {
        return associated("person", dataClass.value(), HexFormat.of().formatHex(context));
    }

    static byte[] secret(String name) {
        return associated("secret", name);
    }

    private static byte[] associated(String use, String... parts) {
        return ("gatehouse vault v1\0" + use + "\0" + String.join("\0", parts)).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] openData(DataKey key, PersonId person, DataClass dataClass, byte[] sealed) throws VaultException {
        try {
            return key.open(sealed, data(person, dataClass));
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "Sealed bytes of data class " + dataClass + " were altered or belong to another.", e);
        }
    }

    static PersonId openPerson(VaultRoot root, DataKey key, DataClass dataClass, byte[] context, byte[] sealed)
            throws VaultException {
        try {
            PersonId person =
                    PersonId.of(new String(key.open(sealed, person(dataClass, context)), StandardCharsets.UTF_8));
            if (!key.isOf(root.subject(person, dataClass))) {
                throw new VaultException("A sealed person was sealed by another's key.");
            }
            return person;
        } catch (GeneralSecurityException e) {
            throw new VaultException("A sealed person of data class " + dataClass + " was altered.", e);
        }
    }
}
