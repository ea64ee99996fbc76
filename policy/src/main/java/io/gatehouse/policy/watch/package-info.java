/**
 * Alarms on patterns in the stream of passages: rules as documents, run over what a ledger says as it comes in, or over its
 * history; the same rules give the same findings.
 *
 * <p><b>Time.</b> What happened is followed in the order in which it happened, not in which it came in. So
 * {@link io.gatehouse.policy.watch.Watcher} holds each event back for its {@code lateness}, by the ledger's clock, and says of
 * an event that is later still that it came too late to be followed in order. What needs no order (outside hours, a door that
 * was forced) is told at once, however late. {@link io.gatehouse.policy.watch.Watcher#tick} tells how late it is where nothing
 * happens, for an exit that is missing has no event.
 *
 * <p><b>Memory.</b> So many people are followed and no more; one too many is an alarm of its own, never silently forgotten.
 * Those who can matter to no rule any more are forgotten first, and change no finding.
 *
 * <pre>{@code
 * WatchRules rules = WatchDocument.read(DocumentSource.of(Path.of("alarms.yaml")));
 * WatchFeed feed = WatchFeed.create(ledger, directory, site, rules, WatcherOptions.standard(), alarmRegister);
 * feed.catchUp(clock.instant());   // again and again
 * }</pre>
 */
@NullMarked
package io.gatehouse.policy.watch;

import org.jspecify.annotations.NullMarked;
