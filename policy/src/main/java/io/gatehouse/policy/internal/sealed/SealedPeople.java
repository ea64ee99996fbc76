package io.gatehouse.policy.internal.sealed;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes people and texts about them into the vault's keeping for one room's table, and back. A pseudonym is a hash under
 * the person's own key, the same in all their rows; shredding the person's data class breaks the link. Thread-safe.
 */
public final class SealedPeople {
    private final Vault vault;
    private final DataClass records;
    private final byte[] message;

    private SealedPeople(Vault vault, DataClass records) {
        this.vault = Objects.requireNonNull(vault, "vault");
        this.records = records;
        this.message = ("gatehouse " + records + " pseudonym v1").getBytes(StandardCharsets.UTF_8);
    }

    /** For rows that the vault keeps under this data class. */
    public static SealedPeople of(Vault vault, DataClass records) {
        return new SealedPeople(vault, records);
    }

    /** Whose rows these are, and what leads back to them. Arrays are not copied, this stays inside. */
    public record Row(String pseudonym, byte[] person, byte[] text) {}

    /** Whoever was shredded begins anew. */
    public Row seal(PersonId person, String text) throws IOException {
        try {
            return vault.together(() -> sealed(person, text));
        } catch (ShreddedException e) {
            vault.renew(person, records);
            return vault.together(() -> sealed(person, text));
        }
    }

    private Row sealed(PersonId person, String text) throws IOException {
        String pseudonym = HexFormat.of().formatHex(vault.hash(person, records, message));
        return new Row(
                pseudonym,
                vault.sealPerson(person, records, context(pseudonym)),
                vault.seal(person, records, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The pseudonym that rows about a person are found by; empty if there are none that could be opened. */
    public Optional<String> known(PersonId person) throws IOException {
        return vault.knownHash(person, records, message).map(HexFormat.of()::formatHex);
    }

    /** A person and the text about them. */
    public record Opened(PersonId person, String text) {
        /** Says nothing of its content. */
        @Override
        public String toString() {
            return "Opened[redacted]";
        }
    }

    /** Empty if the person was shredded. */
    public Optional<Opened> open(Row row) throws IOException {
        return vault.together(() -> {
            Optional<PersonId> person = vault.openPerson(records, context(row.pseudonym()), row.person());
            if (person.isEmpty()) {
                return Optional.<Opened>empty();
            }
            return vault.open(person.get(), records, row.text())
                    .map(clear -> new Opened(person.get(), new String(clear, StandardCharsets.UTF_8)));
        });
    }

    private static byte[] context(String pseudonym) {
        return pseudonym.getBytes(StandardCharsets.US_ASCII);
    }
}
