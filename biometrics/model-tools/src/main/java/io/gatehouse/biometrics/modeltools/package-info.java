/**
 * The programs that the build runs: {@link io.gatehouse.biometrics.modeltools.BuildModelPack} makes the files of a model pack from
 * its descriptor, {@link io.gatehouse.biometrics.modeltools.FetchDemoPhotos} lays out photographs to try the SDK on.
 */
@NullMarked
package io.gatehouse.biometrics.modeltools;

import org.jspecify.annotations.NullMarked;
