/** Networks stored as tfjs weights, written as ONNX graphs whose bytes are the same in every build. */
@NullMarked
package io.gatehouse.biometrics.modeltools.convert;

import org.jspecify.annotations.NullMarked;
