package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Cosignature;
import io.gatehouse.core.ledger.verify.WitnessKey;
import java.io.IOException;
import java.util.List;

/**
 * Port to somebody apart from the ledger's keeper who remembers the newest checkpoint that they saw and cosigns one that
 * follows from it, and no other: so that nobody can be shown another past. It answers as the {@code add-checkpoint} call
 * of the C2SP {@code tlog-witness} specification, which an implementation over HTTP can be made of. Thread-safe.
 */
public interface Witness {
    /** The key that it cosigns with. */
    WitnessKey key();

    /**
     * The size of the newest checkpoint of this ledger that it cosigned; 0 if there is none.
     *
     * @param origin the ledger's name
     */
    long lastSize(String origin) throws IOException;

    /**
     * Cosigns a checkpoint that follows from the newest one it saw, and remembers it before it answers.
     *
     * @param oldSize     the size of that one, as {@link #lastSize} says
     * @param consistency the proof (RFC 9162, 2.1.4) from it to the checkpoint; empty if it is of size 0
     * @param checkpoint  signed by the ledger
     * @throws WitnessRefusedException if it does not cosign this, and why
     * @throws IOException             if it cannot be reached or cannot remember
     */
    Cosignature cosign(long oldSize, List<byte[]> consistency, CheckpointNote checkpoint) throws IOException;
}
