/** People as the gate knows them: who somebody is, for what purpose their data are used, and on what lawful basis. */
@NullMarked
package io.gatehouse.core.identity;

import org.jspecify.annotations.NullMarked;
