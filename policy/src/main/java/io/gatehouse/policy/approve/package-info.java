/**
 * Requests on their way through approval chains. A desk says who may decide about what now and takes what they say; nobody
 * decides about their own request, nor twice about one. Nothing happens by itself and nothing is sent: what is due is asked for
 * by {@link io.gatehouse.policy.approve.ApprovalDesk#dueBy}, and overdue only means that others may decide as well. Every step
 * is in the ledger as {@code approval.submitted}, {@code approval.approved} and so on, with people, words and forms sealed.
 */
@NullMarked
package io.gatehouse.policy.approve;

import org.jspecify.annotations.NullMarked;
