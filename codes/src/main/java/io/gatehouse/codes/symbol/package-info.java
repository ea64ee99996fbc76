/**
 * QR codes (ISO/IEC 18004): {@link io.gatehouse.codes.symbol.QrWriter} makes and draws them,
 * {@link io.gatehouse.codes.symbol.QrReader} reads them from pictures.
 */
@NullMarked
package io.gatehouse.codes.symbol;

import org.jspecify.annotations.NullMarked;
