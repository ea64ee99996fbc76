/** Rows that name nobody: a pseudonym and the person sealed beside it. */
@NullMarked
package io.gatehouse.policy.internal.sealed;

import org.jspecify.annotations.NullMarked;
