/**
 * The way through the house: evidence → identity → decision → actuation → ledger → presence. The ports of each stage,
 * and {@link io.gatehouse.core.gate.Gate}, which knows the order and nothing else.
 */
@NullMarked
package io.gatehouse.core.gate;

import org.jspecify.annotations.NullMarked;
