/** What the rooms of core share and nobody outside sees. */
@NullMarked
package io.gatehouse.core.internal;

import org.jspecify.annotations.NullMarked;
