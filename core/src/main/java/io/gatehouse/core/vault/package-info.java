/** Encryption at rest: a key per person and data class, which can be destroyed so that everything under it is gone (crypto-shredding). */
@NullMarked
package io.gatehouse.core.vault;

import org.jspecify.annotations.NullMarked;
