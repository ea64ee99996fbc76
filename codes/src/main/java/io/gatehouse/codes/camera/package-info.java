/**
 * Codes from cameras: frames of a camera, a video file or a folder, read one after the other, a code that stays in view given once. Cameras
 * and video files need OpenCV on the class path, which this module only asks for optionally.
 */
@NullMarked
package io.gatehouse.codes.camera;

import org.jspecify.annotations.NullMarked;
