/** Who is in which zone: a projection of the ledger, which can be rebuilt from it at any time. */
@NullMarked
package io.gatehouse.core.presence;

import org.jspecify.annotations.NullMarked;
