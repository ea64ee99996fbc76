/**
 * Labels with a QR code, text and a number: sheets as PDF, label printers as ZPL. PDF needs PDFBox on the class path, which this
 * module only asks for optionally, since a gate prints nothing.
 */
@NullMarked
package io.gatehouse.codes.label;

import org.jspecify.annotations.NullMarked;
