package io.gatehouse.policy.internal.casefile;

import io.gatehouse.policy.internal.casefile.CaseFile.Index;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of a case, with what stands for the person. Arrays are not copied, this stays inside. */
record StoredCase(UUID id, @Nullable String pseudonym, byte @Nullable [] sealedPerson, Index index, Instant opened) {}
