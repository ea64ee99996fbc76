@NullMarked
package io.gatehouse.codes.label;

import org.jspecify.annotations.NullMarked;
