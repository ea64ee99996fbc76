/** Who comes in the morning: people from a folder of photographs, or from the demo pictures. */
@NullMarked
package io.gatehouse.examples.quickstart.cast;

import org.jspecify.annotations.NullMarked;
