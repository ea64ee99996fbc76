/**
 * Measuring recognition and attack detection: the figures of ISO/IEC 19795-1 (FMR, FNMR, EER, DET, FTE, FTA, CMC, FPIR,
 * FNIR), differences between groups in the manner of ISO/IEC 19795-10, APCER and BPCER of ISO/IEC 30107-3, each with how
 * sure it is, and calibrations made from a vendor's own sample.
 */
@NullMarked
package io.gatehouse.biometrics.evaluate;

import org.jspecify.annotations.NullMarked;
