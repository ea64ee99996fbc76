/** What boards do besides switching: keep the time of a pulse, and read the inputs that doors and alarms listen to. */
@NullMarked
package io.gatehouse.devices.relay;

import org.jspecify.annotations.NullMarked;
