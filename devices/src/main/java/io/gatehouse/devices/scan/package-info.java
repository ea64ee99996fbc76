/**
 * Code scanners on a line: bytes are cut into frames ({@link io.gatehouse.devices.scan.ScanFraming}) or packets (Zebra SSI), and leave as
 * evidence for the gate.
 */
@NullMarked
package io.gatehouse.devices.scan;

import org.jspecify.annotations.NullMarked;
