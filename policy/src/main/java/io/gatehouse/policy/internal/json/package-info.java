/** Writes JSON. */
@NullMarked
package io.gatehouse.policy.internal.json;

import org.jspecify.annotations.NullMarked;
