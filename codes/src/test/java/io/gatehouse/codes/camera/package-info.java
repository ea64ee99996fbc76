@NullMarked
package io.gatehouse.codes.camera;

import org.jspecify.annotations.NullMarked;
