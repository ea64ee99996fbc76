@NullMarked
package io.gatehouse.policy.consent.regime;

import org.jspecify.annotations.NullMarked;
