package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Takes the people in this room's rows into the vault's keeping and back. A person's pseudonym is a hash under their own
 * key: the same in all their answers, and to whoever has the database without the vault it tells nothing. Thread-safe.
 */
final class ConsentPeople {
    private static final byte[] PSEUDONYM = "gatehouse consent pseudonym v1".getBytes(StandardCharsets.UTF_8);

    private final Vault vault;

    ConsentPeople(Vault vault) {
        this.vault = vault;
    }

    /** The pseudonym that answers of the person are found by; empty if there are none, or they were shredded. */
    Optional<String> known(PersonId person) throws IOException {
        return vault.knownHash(person, JdbcConsentRegister.RECORDS, PSEUDONYM).map(HexFormat.of()::formatHex);
    }

    private String pseudonym(PersonId person) throws IOException {
        return HexFormat.of().formatHex(vault.hash(person, JdbcConsentRegister.RECORDS, PSEUDONYM));
    }

    /** A record as it is stored. Whoever was shredded begins anew by answering again. */
    StoredAnswer seal(ConsentRecord record) throws IOException {
        try {
            return vault.together(() -> sealed(record));
        } catch (ShreddedException e) {
            vault.renew(record.subject().person(), JdbcConsentRegister.RECORDS);
            return vault.together(() -> sealed(record));
        }
    }

    /** As {@link #seal}, for somebody who must not begin anew. */
    StoredAnswer sealed(ConsentRecord record) throws IOException {
        PersonId person = record.subject().person();
        String pseudonym = pseudonym(person);
        byte[] how =
                vault.seal(person, JdbcConsentRegister.RECORDS, record.how().getBytes(StandardCharsets.UTF_8));
        return new StoredAnswer(
                record.id(),
                pseudonym,
                vault.sealPerson(person, JdbcConsentRegister.RECORDS, context(pseudonym)),
                record.subject().purpose(),
                record.subject().dataClass(),
                record.answer(),
                record.noticeId(),
                record.noticeVersion(),
                record.noticeLanguage(),
                record.noticeSha256(),
                record.at(),
                Base64.getEncoder().encodeToString(how),
                record.terms().expiresAt(),
                sealedGuardian(record));
    }

    /** A guardian's name and relation have no line breaks. */
    private Optional<String> sealedGuardian(ConsentRecord record) throws IOException {
        Optional<Guardian> guardian = record.terms().guardian();
        if (guardian.isEmpty()) {
            return Optional.empty();
        }
        byte[] clear = (guardian.get().name() + "\n" + guardian.get().relation()).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = vault.seal(record.subject().person(), JdbcConsentRegister.RECORDS, clear);
        return Optional.of(Base64.getEncoder().encodeToString(sealed));
    }

    private Optional<Guardian> guardian(PersonId person, StoredAnswer stored) throws IOException {
        if (stored.sealedGuardian().isEmpty()) {
            return Optional.empty();
        }
        return vault.open(
                        person,
                        JdbcConsentRegister.RECORDS,
                        bytes(stored.sealedGuardian().get()))
                .map(clear -> new String(clear, StandardCharsets.UTF_8))
                .map(lines -> new Guardian(
                        lines.substring(0, lines.indexOf('\n')), lines.substring(lines.indexOf('\n') + 1)));
    }

    /** The record of what is stored; empty if the person was shredded. */
    Optional<ConsentRecord> open(StoredAnswer stored) throws IOException {
        return vault.together(() -> opened(stored));
    }

    /** The records of what is stored, without those of people who were shredded. */
    List<ConsentRecord> openAll(List<StoredAnswer> stored) throws IOException {
        return vault.together(() -> {
            List<ConsentRecord> records = new ArrayList<>();
            for (StoredAnswer each : stored) {
                opened(each).ifPresent(records::add);
            }
            return records;
        });
    }

    private Optional<ConsentRecord> opened(StoredAnswer stored) throws IOException {
        Optional<PersonId> person =
                vault.openPerson(JdbcConsentRegister.RECORDS, context(stored.pseudonym()), stored.sealedPerson());
        if (person.isEmpty()) {
            return Optional.empty();
        }
        ConsentTerms terms = new ConsentTerms(stored.expiresAt(), guardian(person.get(), stored));
        Optional<byte[]> how = vault.open(person.get(), JdbcConsentRegister.RECORDS, bytes(stored.sealedHow()));
        return how.map(clear -> new ConsentRecord(
                stored.id(),
                new ConsentSubject(person.get(), stored.purpose(), stored.dataClass()),
                stored.answer(),
                stored.noticeId(),
                stored.noticeVersion(),
                stored.noticeLanguage(),
                stored.noticeSha256(),
                stored.at(),
                new String(clear, StandardCharsets.UTF_8),
                terms));
    }

    /** What is no such text is nothing that was sealed, which the vault says. */
    private static byte[] bytes(String sealedHow) {
        try {
            return Base64.getDecoder().decode(sealedHow);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] context(String pseudonym) {
        return pseudonym.getBytes(StandardCharsets.US_ASCII);
    }
}
