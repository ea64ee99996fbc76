@NullMarked
package io.gatehouse.policy.consent.grant;

import org.jspecify.annotations.NullMarked;
