package io.gatehouse.policy.internal.casefile;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.internal.casefile.CaseFile.Index;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes people and what is personal into the vault's keeping and back. A step is sealed under the key of whom the case is
 * about; if it is about nobody, of who did it; else as a secret of the installation. Thread-safe.
 */
final class Sealing {
    private static final String BY = "\u0000by";
    private static final String BODY = "\u0000body";

    private final Vault vault;
    private final DataClass dataClass;
    private final String secret;
    private final byte[] pseudonym;

    Sealing(Vault vault, DataClass dataClass) {
        this.vault = vault;
        this.dataClass = dataClass;
        this.secret = "gatehouse case " + dataClass;
        this.pseudonym = ("gatehouse case pseudonym v1 " + dataClass).getBytes(StandardCharsets.UTF_8);
    }

    /** What stands for somebody; empty if nothing does. */
    Optional<String> known(PersonId person) throws IOException {
        return vault.knownHash(person, dataClass, pseudonym).map(HexFormat.of()::formatHex);
    }

    StoredCase seal(UUID id, Optional<PersonId> person, Index index, Step first) throws IOException {
        if (person.isEmpty()) {
            return new StoredCase(id, null, null, index, first.at());
        }
        PersonId who = person.get();
        return renewing(
                who,
                () -> new StoredCase(
                        id,
                        HexFormat.of().formatHex(vault.hash(who, dataClass, pseudonym)),
                        vault.sealPerson(who, dataClass, context(id)),
                        index,
                        first.at()));
    }

    StoredStep seal(UUID caseId, int sequence, Optional<PersonId> person, Step step) throws IOException {
        SortedMap<String, String> closed = new TreeMap<>(step.personal());
        step.by().ifPresent(by -> closed.put(BY, by.value()));
        if (!step.body().isEmpty()) {
            closed.put(BODY, step.body());
        }
        byte[] clear = TextMap.encode(closed);
        byte[] facts = TextMap.encode(step.facts());
        Optional<PersonId> owner = person.or(step::by);
        if (owner.isEmpty()) {
            byte[] sealed = vault.sealSecret(secret, clear);
            return new StoredStep(caseId, sequence, step.id(), step.at(), step.kind(), facts, null, sealed);
        }
        PersonId who = owner.get();
        return renewing(
                who,
                () -> new StoredStep(
                        caseId,
                        sequence,
                        step.id(),
                        step.at(),
                        step.kind(),
                        facts,
                        vault.sealPerson(who, dataClass, context(step.id())),
                        vault.seal(who, dataClass, clear)));
    }

    /** Whoever was shredded begins anew with a new case. */
    private <T> T renewing(PersonId person, Vault.Calls<T> calls) throws IOException {
        try {
            return vault.together(calls);
        } catch (ShreddedException e) {
            vault.renew(person, dataClass);
            return vault.together(calls);
        }
    }

    Optional<PersonId> open(UUID id, byte @Nullable [] sealedPerson) throws IOException {
        return sealedPerson == null ? Optional.empty() : vault.openPerson(dataClass, context(id), sealedPerson);
    }

    /** The step; without what was sealed under a key that was shredded. */
    Step open(StoredStep stored) throws IOException {
        SortedMap<String, String> closed = closed(stored);
        String by = closed.remove(BY);
        String body = closed.remove(BODY);
        return new Step(
                stored.id(),
                stored.at(),
                stored.kind(),
                by == null ? Optional.empty() : Optional.of(PersonId.of(by)),
                TextMap.decode(stored.facts()),
                closed,
                body == null ? "" : body);
    }

    private SortedMap<String, String> closed(StoredStep stored) throws IOException {
        if (stored.sealedPerson() == null) {
            return TextMap.decode(vault.openSecret(secret, stored.sealed()));
        }
        Optional<PersonId> owner = open(stored.id(), stored.sealedPerson());
        Optional<byte[]> clear =
                owner.isEmpty() ? Optional.empty() : vault.open(owner.get(), dataClass, stored.sealed());
        return clear.isEmpty() ? new TreeMap<>() : TextMap.decode(clear.get());
    }

    private static byte[] context(UUID id) {
        return id.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
