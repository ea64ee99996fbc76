/**
 * Data that are handed over, or shown to somebody, for a purpose and until a day: each use is asked for, by the purpose
 * and within the time that was granted, and recorded.
 */
@NullMarked
package io.gatehouse.policy.consent.grant;

import org.jspecify.annotations.NullMarked;
