package io.gatehouse.policy.internal.casefile;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A step as it is stored. Arrays are not copied, this stays inside. */
record StoredStep(
        UUID caseId,
        int sequence,
        UUID id,
        Instant at,
        String kind,
        byte[] facts,
        byte @Nullable [] sealedPerson,
        byte[] sealed) {}
