/** Follows faces over the frames of one camera, and makes one template of the best frames of a face. */
@NullMarked
package io.gatehouse.biometrics.face.track;

import org.jspecify.annotations.NullMarked;
