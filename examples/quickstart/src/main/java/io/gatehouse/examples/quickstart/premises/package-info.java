/** The house that the people come to: site, rules, store, vault, ledger, gallery, gates and door. */
@NullMarked
package io.gatehouse.examples.quickstart.premises;

import org.jspecify.annotations.NullMarked;
