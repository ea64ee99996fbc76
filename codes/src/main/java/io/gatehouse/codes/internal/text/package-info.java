/** Bytes as text that a QR code holds compactly. */
@NullMarked
package io.gatehouse.codes.internal.text;

import org.jspecify.annotations.NullMarked;
