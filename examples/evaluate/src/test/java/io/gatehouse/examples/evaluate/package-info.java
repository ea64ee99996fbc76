@NullMarked
package io.gatehouse.examples.evaluate;

import org.jspecify.annotations.NullMarked;
