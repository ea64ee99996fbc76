/**
 * Files of cases: alarms, violations and requests are each a case that people take step by step. Steps are only ever added;
 * what a case is now follows from them. A case's row says what it is searched by, its steps say what happened, sealed where it
 * is personal, and each step becomes an entry of the ledger.
 */
@NullMarked
package io.gatehouse.policy.internal.casefile;

import org.jspecify.annotations.NullMarked;
