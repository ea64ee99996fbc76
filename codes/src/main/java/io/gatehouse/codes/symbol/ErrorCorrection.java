package io.gatehouse.codes.symbol;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;

/** How much of a QR code's codewords may be damaged and it still reads (ISO/IEC 18004). */
public enum ErrorCorrection {
    /** About 7 %. */
    L(ErrorCorrectionLevel.L),
    /** About 15 %. */
    M(ErrorCorrectionLevel.M),
    /** About 25 %. */
    Q(ErrorCorrectionLevel.Q),
    /** About 30 %. */
    H(ErrorCorrectionLevel.H);

    private final ErrorCorrectionLevel level;

    ErrorCorrection(ErrorCorrectionLevel level) {
        this.level = level;
    }

    ErrorCorrectionLevel level() {
        return level;
    }
}
