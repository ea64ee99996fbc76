/** Why something was refused: a stable code for programs and a sentence for people. Every room gives reasons, so it stands below them all. */
@NullMarked
package io.gatehouse.core.reason;

import org.jspecify.annotations.NullMarked;
