package io.gatehouse.core.outbox;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.outbox.EventCodec.Buffered;
import io.gatehouse.core.outbox.EventCodec.PersonForm;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Seals events for the buffer, twice: person and personal facts under the person's key, which a shredding destroys; and
 * the whole under the installation's, bound to its place, since a gate's disk is within reach of people. Thread-safe.
 */
final class EventSealer {
    private static final byte[] NOTHING = {};

    private final Vault vault;

    EventSealer(Vault vault) {
        this.vault = vault;
    }

    byte[] seal(long position, LedgerEvent event) throws IOException {
        return vault.sealSecret(name(position), EventCodec.encode(withPersonSealed(event)));
    }

    private Buffered withPersonSealed(LedgerEvent event) throws IOException {
        LedgerEvent clear = withoutPerson(event);
        if (event.person().isEmpty()) {
            return new Buffered(clear, PersonForm.NONE, NOTHING, NOTHING);
        }
        PersonId person = event.person().get();
        try {
            byte[] sealedPerson = vault.sealPerson(person, DataClass.LEDGER, bytes(event.id()));
            byte[] sealedFacts = event.personalFacts().isEmpty()
                    ? NOTHING
                    : vault.seal(person, DataClass.LEDGER, EventCodec.encodeFacts(event.personalFacts()));
            return new Buffered(clear, PersonForm.SEALED, sealedPerson, sealedFacts);
        } catch (ShreddedException e) {
            // As in the ledger: a door must not move unrecorded because somebody was forgotten.
            return new Buffered(clear, PersonForm.WITHHELD, NOTHING, NOTHING);
        }
    }

    /**
     * The event as far as it is not shredded.
     *
     * @throws io.gatehouse.core.vault.VaultException   if the bytes were altered or stood elsewhere
     * @throws io.gatehouse.core.ledger.LedgerException if they are of another form
     */
    OutboxEvent open(long position, byte[] sealed) throws IOException {
        Buffered buffered = EventCodec.decode(vault.openSecret(name(position), sealed));
        LedgerEvent clear = buffered.event();
        if (buffered.form() != PersonForm.SEALED) {
            return new OutboxEvent(clear, buffered.form() == PersonForm.WITHHELD);
        }
        Optional<PersonId> person = vault.openPerson(DataClass.LEDGER, bytes(clear.id()), buffered.sealedPerson());
        if (person.isEmpty()) {
            return new OutboxEvent(clear, true);
        }
        return OutboxEvent.of(new LedgerEvent(
                clear.id(),
                clear.occurredAt(),
                clear.kind(),
                clear.portal(),
                clear.zone(),
                person,
                clear.facts(),
                personalFacts(person.get(), buffered.sealedFacts())));
    }

    private SortedMap<String, String> personalFacts(PersonId person, byte[] sealed) throws IOException {
        if (sealed.length == 0) {
            return new TreeMap<>();
        }
        Optional<byte[]> clear = vault.open(person, DataClass.LEDGER, sealed);
        return clear.isPresent() ? EventCodec.decodeFacts(clear.get()) : new TreeMap<>();
    }

    /** Whether an event is the buffered one, as far as that can still be told. */
    static boolean isSame(LedgerEvent event, OutboxEvent buffered) {
        return buffered.withheld()
                ? event.person().isPresent() && withoutPerson(event).equals(buffered.event())
                : event.equals(buffered.event());
    }

    private static LedgerEvent withoutPerson(LedgerEvent event) {
        return new LedgerEvent(
                event.id(),
                event.occurredAt(),
                event.kind(),
                event.portal(),
                event.zone(),
                Optional.empty(),
                event.facts(),
                new TreeMap<>());
    }

    private static String name(long position) {
        return "outbox event " + position;
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
