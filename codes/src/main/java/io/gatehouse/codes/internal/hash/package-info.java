/** Keyed hashes and keys derived by them. */
@NullMarked
package io.gatehouse.codes.internal.hash;

import org.jspecify.annotations.NullMarked;
