/** Whether a person is in front of the camera, and not a picture of one (ISO/IEC 30107). */
@NullMarked
package io.gatehouse.biometrics.face.liveness;

import org.jspecify.annotations.NullMarked;
