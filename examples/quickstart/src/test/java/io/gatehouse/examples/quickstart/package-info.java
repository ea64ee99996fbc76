/** The morning played for real, with good input and bad. */
@NullMarked
package io.gatehouse.examples.quickstart;

import org.jspecify.annotations.NullMarked;
