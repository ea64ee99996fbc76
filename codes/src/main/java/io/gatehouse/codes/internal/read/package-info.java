/** How QR codes are found in a picture and their modules sampled, beside what ZXing does itself. */
@NullMarked
package io.gatehouse.codes.internal.read;

import org.jspecify.annotations.NullMarked;
