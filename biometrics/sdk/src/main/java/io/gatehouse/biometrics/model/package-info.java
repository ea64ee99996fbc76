/**
 * Model packs: which networks there are, what they want as input, under which licence they come, and what their
 * distances mean as false match rates. A pack is read from the class path or a folder and checked by digest.
 */
@NullMarked
package io.gatehouse.biometrics.model;

import org.jspecify.annotations.NullMarked;
