/** As much of the ONNX file format as a feed-forward network needs, written through protobuf's wire format. */
@NullMarked
package io.gatehouse.biometrics.modeltools.onnx;

import org.jspecify.annotations.NullMarked;
