/** The few steps of JDBC that the rooms' tables share. */
@NullMarked
package io.gatehouse.codes.internal.jdbc;

import org.jspecify.annotations.NullMarked;
