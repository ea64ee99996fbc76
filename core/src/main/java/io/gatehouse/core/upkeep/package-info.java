/**
 * Where store, vault and ledger meet: restoring a backup so that nothing false and nothing forgotten is served, and moving
 * a whole installation to PostgreSQL. Start at {@link Recovery} and {@link MoveTool}.
 *
 * <p>What to keep outside the machine, for a restore to be worth something: the ledger's verifier key, a checkpoint signed
 * just before each backup and the newest one of each day, the list of shreddings
 * ({@link io.gatehouse.core.vault.StoreVault#keepShreddingsIn}), the vault's outer key, and now and then an export.
 */
@NullMarked
package io.gatehouse.core.upkeep;

import org.jspecify.annotations.NullMarked;
