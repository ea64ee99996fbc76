/**
 * Notices, what people answered to them, and whether their data may be used now. A
 * {@link io.gatehouse.policy.consent.ConsentRegister} keeps every answer as an event that is never changed; the current
 * state is the last one. It is asked by whoever takes, searches or releases personal data, through the port
 * {@link io.gatehouse.core.identity.LawfulBasis}.
 *
 * <p>This package helps to keep the law; it does not give legal advice.
 */
@NullMarked
package io.gatehouse.policy.consent;

import org.jspecify.annotations.NullMarked;
