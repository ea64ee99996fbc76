/**
 * One vector against many: an index in memory that finds every reference nearer than a limit. It knows numbers and ids,
 * no people: {@link io.gatehouse.biometrics.gallery} says whose they are and who may search.
 */
@NullMarked
package io.gatehouse.biometrics.gallery.search;

import org.jspecify.annotations.NullMarked;
