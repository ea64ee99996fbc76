@NullMarked
package io.gatehouse.policy.consent;

import org.jspecify.annotations.NullMarked;
