/**
 * What a room shows of the data it keeps, so that somebody else can tell when they are over: the port
 * {@link io.gatehouse.core.keep.Keeper}, which each room that keeps something implements for its own tables and files.
 */
@NullMarked
package io.gatehouse.core.keep;

import org.jspecify.annotations.NullMarked;
