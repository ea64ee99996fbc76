/** The steps of the morning, a class a step, in the order they are played. */
@NullMarked
package io.gatehouse.examples.quickstart.morning;

import org.jspecify.annotations.NullMarked;
