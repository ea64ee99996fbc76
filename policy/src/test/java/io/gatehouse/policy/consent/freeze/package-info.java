@NullMarked
package io.gatehouse.policy.consent.freeze;

import org.jspecify.annotations.NullMarked;
