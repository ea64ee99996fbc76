/** Galleries: enrolled references bound to a purpose, 1:1 and 1:N comparison, and the identifier of a gate's faces. */
@NullMarked
package io.gatehouse.biometrics.gallery;

import org.jspecify.annotations.NullMarked;
