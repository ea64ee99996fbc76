/**
 * From a frame to a template. {@link io.gatehouse.biometrics.face.FaceAnalyser} runs the stages, each a package of its
 * own below this one, in this order: {@code detect}, {@code landmark}, {@code align}, {@code quality}, {@code liveness},
 * {@code embed}. Each stage can be used by itself.
 */
@NullMarked
package io.gatehouse.biometrics.face;

import org.jspecify.annotations.NullMarked;
