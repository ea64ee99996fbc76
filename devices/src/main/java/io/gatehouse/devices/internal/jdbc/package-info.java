/** Statements on the tables of rooms. */
@NullMarked
package io.gatehouse.devices.internal.jdbc;

import org.jspecify.annotations.NullMarked;
