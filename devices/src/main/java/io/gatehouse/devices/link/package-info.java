/** Byte transports, opened by URL: serial, TCP, in memory. A link moves bytes and says what state it is in; it knows no protocol. */
@NullMarked
package io.gatehouse.devices.link;

import org.jspecify.annotations.NullMarked;
