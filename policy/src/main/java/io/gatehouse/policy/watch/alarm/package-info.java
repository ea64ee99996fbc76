/**
 * Alarms: what a watch found, until a person has dealt with it. The same finding about the same person or place is the same
 * alarm while that is open, and counts up. Every step is in the ledger as {@code alarm.raised}, {@code alarm.acknowledged} and
 * {@code alarm.resolved}, with the person, who did it and their note sealed.
 */
@NullMarked
package io.gatehouse.policy.watch.alarm;

import org.jspecify.annotations.NullMarked;
