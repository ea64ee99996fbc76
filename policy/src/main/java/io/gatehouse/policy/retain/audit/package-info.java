/**
 * A report for somebody who trusts nobody here: what is kept longer than its rule says, what was seen or opened without a
 * right, and who changed rules and retention. It is worked out from the exported ledger alone, and whoever has the
 * exported files and the public key works it out again ({@link io.gatehouse.policy.retain.audit.AuditVerifier}).
 */
@NullMarked
package io.gatehouse.policy.retain.audit;

import org.jspecify.annotations.NullMarked;
