/** What went over a link, written down as text (SESSION-FORMAT.md), and played again to the protocol that it was recorded from. */
@NullMarked
package io.gatehouse.devices.sim.session;

import org.jspecify.annotations.NullMarked;
