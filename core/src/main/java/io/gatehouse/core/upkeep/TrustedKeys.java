package io.gatehouse.core.upkeep;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.KeyChain;
import io.gatehouse.core.ledger.verify.VerifierKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys by which a ledger is known: those that were given, and those that changes of key, signed by both keys, lead to
 * from them. Not thread-safe.
 */
final class TrustedKeys {
    private final List<VerifierKey> given;
    private final Set<VerifierKey> all;
    private final List<KeyChain> followed = new ArrayList<>();

    TrustedKeys(List<VerifierKey> given) {
        this.given = given;
        this.all = new LinkedHashSet<>(given);
    }

    /** Trusts all keys of a chain if it has one that is trusted; otherwise it could be anybody's. */
    void follow(KeyChain chain) {
        if (chain.keys().stream().anyMatch(all::contains)) {
            all.addAll(chain.keys());
            followed.add(chain);
        }
    }

    boolean contains(VerifierKey key) {
        return all.contains(key);
    }

    /** In the order in which they came to be trusted. */
    List<VerifierKey> all() {
        return List.copyOf(all);
    }

    /** Whether a checkpoint is signed by a key that was given, or by the one that was in force when it was signed. */
    boolean signed(CheckpointNote note) {
        return given.stream().anyMatch(key -> isBy(note, key))
                || followed.stream()
                        .flatMap(chain -> chain.inForce(note.size()).stream())
                        .anyMatch(key -> isBy(note, key));
    }

    private static boolean isBy(CheckpointNote note, VerifierKey key) {
        return note.signed(key) == CheckpointNote.Signed.BY_THIS_KEY;
    }

    @Override
    public String toString() {
        return "TrustedKeys" + all;
    }
}
