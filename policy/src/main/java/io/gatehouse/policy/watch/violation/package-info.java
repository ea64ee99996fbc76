/**
 * Violations of the house's rules: which kinds there are, how grave they are and what may follow is a document; that there was
 * one is proposed by a rule or a person; what follows is decided by another person, within what the document allows, and can
 * be contested by whom it is about. Nothing follows by itself.
 */
@NullMarked
package io.gatehouse.policy.watch.violation;

import org.jspecify.annotations.NullMarked;
