package io.gatehouse.devices.card;

import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Port to whoever knows which card was given to whom. Implementations are thread-safe. */
@FunctionalInterface
public interface CardRegister {
    /**
     * The person who holds this card, or empty if nobody does.
     *
     * @throws IOException if the register cannot be asked
     */
    Optional<PersonId> holderOf(CardKey card) throws IOException;

    /** A register that never changes. */
    static CardRegister of(Map<CardKey, PersonId> holders) {
        Map<CardKey, PersonId> copy = Map.copyOf(holders);
        return card -> Optional.ofNullable(copy.get(card));
    }
}
