/**
 * Gates whose ledger is elsewhere: an {@link io.gatehouse.core.outbox.Outbox} keeps what a gate records on the gate's own
 * disk, and an {@link io.gatehouse.core.outbox.OutboxReceiver} at the server brings it into the ledger, once, in order.
 *
 * <p>At the gate (its disk, its vault, its clock):
 *
 * <pre>{@code
 * Outbox outbox = Outbox.open(store, vault, OutboxId.of("north-gate"), clock, OutboxOptions.standard());
 * Gate gate = Gate.builder(portal, Direction.ENTRY).ledger(outbox) … .build();
 * OutboxCourier courier = OutboxCourier.start(outbox, client, executor, Backoff.standard());
 * }</pre>
 *
 * <p>At the server, where {@code client}'s requests arrive:
 *
 * <pre>{@code
 * OutboxReceiver receiver = LedgerReceiver.open(store, ledger, clock, Duration.ofSeconds(2));
 * OutboxReceipt receipt = receiver.receive(batch);
 * }</pre>
 *
 * <p><b>What carries a batch</b> from one to the other is the vendor's: it encrypts, for a batch has personal data in
 * clear, and it makes sure that a gate sends under its own {@link io.gatehouse.core.outbox.OutboxId} only.
 *
 * <p><b>Promises.</b> What {@code take} returned from is on record once, whatever dies when, as long as the gate's disk
 * lives; the events of one outbox are on record in the order in which they were taken. Events of several outboxes come
 * as they come: across gates, only the times of occurrence tell the order, and
 * {@link io.gatehouse.core.outbox.LedgerReceiver#CLOCK} entries how far each clock was off.
 *
 * <p><b>When it is full</b>, decisions are refused first ({@link io.gatehouse.core.outbox.OutboxFullException}), and the
 * gate does what its {@link io.gatehouse.core.gate.LedgerFailure} says; nothing that is kept is given up.
 *
 * <p><b>Shredding.</b> A person who is shredded in the gate's vault is no longer in what waits, and what was recorded
 * about them arrives without them, with the fact {@code person} = {@code shredded}.
 */
@NullMarked
package io.gatehouse.core.outbox;

import org.jspecify.annotations.NullMarked;
