/** What every reader on a link has in common, for those of this house and of others: a parser of a stream, a thread, a listener. */
@NullMarked
package io.gatehouse.devices.reader;

import org.jspecify.annotations.NullMarked;
