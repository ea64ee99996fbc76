package io.gatehouse.core.vault;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seals personal data under a key per person and data class. Data of one person cannot be opened as another's or as
 * another class (they are bound as associated data). Thread-safe.
 */
public interface Vault {

    /**
     * Encrypts. The key is made on first use.
     *
     * @throws ShreddedException if this person's data class was shredded; use {@link #renew} to begin anew with consent
     * @throws IOException       if a new key cannot be stored
     */
    byte[] seal(PersonId person, DataClass dataClass, byte[] clear) throws IOException;

    /**
     * Decrypts what {@link #seal} made for the same person and data class.
     *
     * @return empty if the key was shredded: the data are gone for ever
     * @throws VaultException if the bytes were altered, belong to another person or class, or the outer key is wrong
     */
    Optional<byte[]> open(PersonId person, DataClass dataClass, byte[] sealed) throws IOException;

    /** Destroys the key, so that nothing sealed under it can be opened again. Idempotent. */
    ShredCertificate shred(PersonId person, DataClass dataClass) throws IOException;

    /**
     * Destroys the keys of many people at once, as {@link #shred} each; none can be opened again when this returns. This plain
     * form shreds one after the other.
     *
     * @return a certificate for each, in their order
     */
    default List<ShredCertificate> shredAll(List<PersonId> people, DataClass dataClass) throws IOException {
        List<ShredCertificate> certificates = new ArrayList<>();
        for (PersonId each : people) {
            certificates.add(shred(each, dataClass));
        }
        return List.copyOf(certificates);
    }

    /** Lets a person whose data class was shredded begin anew under a new key; what was shredded stays gone. */
    void renew(PersonId person, DataClass dataClass) throws IOException;

    /**
     * Encrypts the person's own identifier under their key, so that a table can lead from a pseudonym to a person until
     * the person is shredded. The key is made on first use.
     *
     * @param context what it stands beside, such as the pseudonym; bound to it, so that rows cannot be exchanged
     * @throws ShreddedException as {@link #seal}
     */
    byte[] sealPerson(PersonId person, DataClass dataClass, byte[] context) throws IOException;

    /**
     * The person in what {@link #sealPerson} made.
     *
     * @return empty if the key was shredded
     * @throws VaultException as {@link #open}
     */
    Optional<PersonId> openPerson(DataClass dataClass, byte[] context, byte[] sealed) throws IOException;

    /**
     * A row of a table as it is kept: whose it is, as {@link #sealPerson} made it, and data of theirs, as {@link #seal} did.
     *
     * @param context what the person was sealed with
     */
    record SealedRow(byte[] context, byte[] person, List<byte[]> data) {
        public SealedRow {
            context = context.clone();
            person = person.clone();
            data = copies(data);
        }

        @Override
        public byte[] context() {
            return context.clone();
        }

        @Override
        public byte[] person() {
            return person.clone();
        }

        @Override
        public List<byte[]> data() {
            return copies(data);
        }

        private static List<byte[]> copies(List<byte[]> arrays) {
            byte[][] copies = new byte[arrays.size()][];
            for (int i = 0; i < copies.length; i++) {
                copies[i] = arrays.get(i).clone();
            }
            return List.of(copies);
        }
    }

    /** A {@link SealedRow} in clear: the data in their order. The caller wipes them. */
    record OpenedRow(PersonId person, List<byte[]> data) {
        public OpenedRow {
            Objects.requireNonNull(person, "person");
            data = List.copyOf(data);
        }

        /** Says nothing of its content. */
        @Override
        public String toString() {
            return "OpenedRow[redacted]";
        }
    }

    /**
     * Opens many rows at once, as at a start: they need not be of one person, and no key is kept for later that only this
     * asks for. Several threads may do so side by side. This plain form opens one after the other.
     *
     * @return as many as there are rows, in their order; empty where a key was shredded
     * @throws VaultException as {@link #open}; it does not say which row it was
     */
    default List<Optional<OpenedRow>> openRows(DataClass dataClass, List<SealedRow> rows) throws IOException {
        List<Optional<OpenedRow>> opened = new ArrayList<>(rows.size());
        for (SealedRow row : rows) {
            opened.add(openRow(dataClass, row));
        }
        return opened;
    }

    private Optional<OpenedRow> openRow(DataClass dataClass, SealedRow row) throws IOException {
        Optional<PersonId> person = openPerson(dataClass, row.context(), row.person());
        if (person.isEmpty()) {
            return Optional.empty();
        }
        List<byte[]> data = new ArrayList<>();
        for (byte[] sealed : row.data()) {
            Optional<byte[]> clear = open(person.get(), dataClass, sealed);
            if (clear.isEmpty()) {
                return Optional.empty();
            }
            data.add(clear.get());
        }
        return Optional.of(new OpenedRow(person.get(), data));
    }

    /**
     * A keyed hash (HMAC-SHA-256) under the person's key, which is made on first use: the same for the same message, and
     * after a shredding nobody can compute it again. For pseudonyms.
     *
     * @return 32 bytes
     * @throws ShreddedException as {@link #seal}
     */
    byte[] hash(PersonId person, DataClass dataClass, byte[] message) throws IOException;

    /**
     * As {@link #hash}, for looking somebody up: makes no key. This plain form may make one.
     *
     * @return empty if the person has no key of this data class, or it was shredded: then nothing is kept under a hash
     */
    default Optional<byte[]> knownHash(PersonId person, DataClass dataClass, byte[] message) throws IOException {
        try {
            return Optional.of(hash(person, dataClass, message));
        } catch (ShreddedException e) {
            return Optional.empty();
        }
    }

    /**
     * Runs calls that belong together, such as those that open the rows of a page. Where other programs share the vault,
     * each call by itself asks first whether one of them shredded something; these ask once, at their beginning, so let
     * them be short. A vault that nobody shares just runs them.
     */
    default <T extends @Nullable Object> T together(Calls<T> calls) throws IOException {
        return calls.run();
    }

    /** What {@link #together} runs, in the same thread. */
    @FunctionalInterface
    interface Calls<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /**
     * Encrypts a secret of the installation itself, such as the ledger's signing key. It belongs to nobody and is never
     * shredded.
     *
     * @param name what it is, 1 to 128 characters; bound to it, so that one secret cannot be put in another's place
     */
    byte[] sealSecret(String name, byte[] clear) throws IOException;

    /**
     * Decrypts what {@link #sealSecret} made under the same name.
     *
     * @throws VaultException if the bytes were altered or have another name
     */
    byte[] openSecret(String name, byte[] sealed) throws IOException;
}
