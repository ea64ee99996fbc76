package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.ledger.EventKind;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * That data of one keeper were destroyed: what the ledger's entry says, which its checkpoints sign. Immutable and
 * thread-safe. It names nobody: ids are in it as salted hashes, under one Merkle root.
 *
 * @param runId           of the run that destroyed them
 * @param keeper          who kept them
 * @param dataClass       which data
 * @param cause           why: {@code retention}, {@code erasure} or {@code restored}
 * @param scheduleVersion by which schedule
 * @param scheduleSha256  its SHA-256, lower-case hex
 * @param items           how many items
 * @param keys            how many keys
 * @param held            how many were passed over, for they are held
 * @param idsRoot         Merkle root over the roots of the batches of salted ids, lower-case hex
 * @param keysRoot        Merkle root over the fingerprints of the keys, lower-case hex
 * @param probes          of how many destroyed items it was tried whether they open still
 * @param probesOpened    how many did; 0, or something is wrong
 * @param at              when the run began
 * @param index           the ledger's first entry of it
 */
public record PurgeCertificate(
        UUID runId,
        String keeper,
        DataClass dataClass,
        String cause,
        long scheduleVersion,
        String scheduleSha256,
        long items,
        long keys,
        long held,
        String idsRoot,
        String keysRoot,
        long probes,
        long probesOpened,
        Instant at,
        long index) {
    /** The kind of its entries. */
    public static final EventKind KIND = EventKind.of("retain.purged");

    public PurgeCertificate {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(keeper, "keeper");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(scheduleSha256, "scheduleSha256");
        Objects.requireNonNull(idsRoot, "idsRoot");
        Objects.requireNonNull(keysRoot, "keysRoot");
        Objects.requireNonNull(at, "at");
    }
}
