/**
 * Who is in which zone: a projection of the ledger, which can be rebuilt from it at any time.
 *
 * <p>What moves people: an outcome at a gate whose door opened ({@code gate.outcome} with the fact {@code actuation} of
 * {@code done}), a recorded passage ({@code gate.passage}), and a guard's correction ({@code presence.correction}). The
 * zone of the entry is where they are afterwards. Where a gate recorded by its own proof whether somebody passed (the fact
 * {@code confirmation}), that counts instead of the door's answer.
 *
 * <p>Many doors at once: somebody is where their latest movement led, by the time it happened, and among equals by the
 * order of the ledger. An entry that comes in late therefore changes nothing that happened after it, and is told as an
 * {@link io.gatehouse.core.presence.Anomaly}, like everything else that does not go together; nothing is hidden. A clock
 * that is ahead counts as the time of recording.
 *
 * <p>A door that gave no answer ({@code actuation} of {@code no-answer}), or proof that is missing, may have let somebody through. They count where
 * they were, it is told as an anomaly, their stay says where else they may be until they are seen again, and the muster
 * list has them if either place is inside.
 *
 * <p>After a shredding the ledger no longer says who it was, but still that it was the same one: they are followed by their
 * pseudonym, and counted without a name. What happens while somebody is shredded has neither, and is counted as somebody:
 * out of the zone that the door leads from, into the one it leads to. With a {@link io.gatehouse.core.place.Site} in the
 * options these numbers are right as long as every passage of theirs was recorded. Without one an exit to the outside is
 * taken from the zone with most people without a name, and a passage between zones inside counts one too many; a guard's
 * count puts that right. Tell a projection that runs of a shredding by {@link io.gatehouse.core.presence.Presence#forget};
 * a snapshot names nobody.
 */
@NullMarked
package io.gatehouse.core.presence;

import org.jspecify.annotations.NullMarked;
