/** Lays a face out as the embedder of a pack wants it. */
@NullMarked
package io.gatehouse.biometrics.face.align;

import org.jspecify.annotations.NullMarked;
