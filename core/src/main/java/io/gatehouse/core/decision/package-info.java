/** The words of a decision: what is asked, what is answered and what comes with it. How answers are found is policy's. */
@NullMarked
package io.gatehouse.core.decision;

import org.jspecify.annotations.NullMarked;
