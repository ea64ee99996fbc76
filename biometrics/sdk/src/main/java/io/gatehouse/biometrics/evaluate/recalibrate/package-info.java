/**
 * A new threshold from a labelled sample: proposed with what it changes for each group of people, put in force by somebody
 * with a signature, recorded on the ledger, and checked when it is loaded.
 */
@NullMarked
package io.gatehouse.biometrics.evaluate.recalibrate;

import org.jspecify.annotations.NullMarked;
