/**
 * Encryption at rest: a key per person and data class, which can be destroyed so that everything under it is gone
 * (crypto-shredding).
 *
 * <p><b>The outer key.</b> A {@link io.gatehouse.core.vault.KeyEncryptionKey} wraps the store key, and that wraps the
 * rest, so it is asked once at a start. Whoever loses it loses everything in the vault: templates, personal facts in the
 * ledger, the ledger's signing key. Nobody can help then. What to back up: the database (by the store's backup, which
 * holds the wrapped keys), and apart from it the passphrase, the key file, the PKCS#12 file with its password, or
 * whatever the device's or service's maker says; and each older outer key for as long as there are backups that were
 * made under it. Whoever has both a backup and its outer key can read it.
 *
 * <p><b>Rotation.</b> Every key can be changed while the vault is in use
 * ({@link io.gatehouse.core.vault.StoreVault#rotateOuterKey}, {@code rotateStoreKey}, {@code rotateDataKey}). Sealed bytes
 * stay as they are: a new data key seals what is new. Change the store key and the outer key, in this order, when the
 * outer key may be known to others; what was copied before together with the old outer key stays readable.
 *
 * <p><b>What shredding promises.</b> When {@code shred} returns, the person's keys of that data class are deleted and
 * overwritten in the database's files and its log, and nothing that was sealed under them can be opened through this
 * vault, now or after a start. What remains: that somebody was shredded and when, under a keyed hash that only this vault
 * can tell the person from; the ids of destroyed keys, which are random.
 *
 * <p><b>What it does not promise.</b> Copies that are elsewhere are not reached: a backup still has the key until it is
 * deleted, or until the outer key that it was made under is destroyed; so have snapshots of the file system and blocks that
 * a flash disk has set aside. Data in clear that were handed out before are beyond the vault.
 *
 * <p><b>Restoring.</b> A restored backup brings back what was shredded since it was made. So keep the list of shreddings
 * beside the backups ({@link io.gatehouse.core.vault.StoreVault#keepShreddingsIn}) and replay it after a restore, before
 * anything is served ({@link io.gatehouse.core.vault.StoreVault#replayShreddings}). The list names nobody and is
 * authenticated by the vault's key; what it cannot show by itself is that events are missing at its end.
 *
 * <p><b>Memory.</b> Arrays with keys are filled with zeros as soon as they are used, and so are passphrases and the index
 * key at {@code close}. Not wiped, for Java gives no way: what Tink and the platform's ciphers copy of the keys in use, of
 * which up to 20,000 are kept, until the garbage collector reuses the memory; what a key store's implementation holds;
 * clear text that is handed out, which the caller wipes. Whoever can read the process's memory, its core dumps or
 * its swap can read the keys in use.
 */
@NullMarked
package io.gatehouse.core.vault;

import org.jspecify.annotations.NullMarked;
