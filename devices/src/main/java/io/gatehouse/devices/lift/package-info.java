/**
 * Lifts: the floors that a person may go to can be chosen for a while. What a lift does in a fire is its own controller's
 * (EN 81-73, for firefighters EN 81-72): this package then takes its hands off.
 */
@NullMarked
package io.gatehouse.devices.lift;

import org.jspecify.annotations.NullMarked;
