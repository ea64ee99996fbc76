/**
 * From a frame to a template, a class a stage: detect, find landmarks, align, assess quality, check liveness, embed.
 * {@link io.gatehouse.biometrics.face.FaceAnalyser} runs them in order.
 */
@NullMarked
package io.gatehouse.biometrics.face;

import org.jspecify.annotations.NullMarked;
