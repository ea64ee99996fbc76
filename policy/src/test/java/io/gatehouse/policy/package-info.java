/** What holds for the whole module. */
@NullMarked
package io.gatehouse.policy;

import org.jspecify.annotations.NullMarked;
