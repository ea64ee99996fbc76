/**
 * Changes of documents that rule a site, such as its rules and its retention: proposed by one person and put in force by
 * another where the site wants two, with both in the ledger.
 */
@NullMarked
package io.gatehouse.policy.retain.change;

import org.jspecify.annotations.NullMarked;
