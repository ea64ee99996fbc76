package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What is sent to another site, on which basis, to whom and for how long. Immutable and thread-safe.
 *
 * @param bases    whose templates are sent, and for each the consent or other lawful basis for that, such as a receipt's id
 * @param receiver the receiver's public key, see {@link io.gatehouse.biometrics.protect.ExchangeKey}
 * @param sender   who sends, as the receiver knows them
 * @param signer   the sender's Ed25519 key
 * @param validFor how long the receiver may take them in, at most 90 days
 */
public record Export(
        Map<PersonId, String> bases, byte[] receiver, String sender, PrivateKey signer, Duration validFor) {
    public Export {
        bases = Map.copyOf(bases);
        receiver = receiver.clone();
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(validFor, "validFor");
        if (bases.isEmpty()) {
            throw new IllegalArgumentException("an export is of at least 1 person");
        }
    }

    @Override
    public byte[] receiver() {
        return receiver.clone();
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return "Export[" + bases.size() + " people, by " + sender + "]";
    }
}
