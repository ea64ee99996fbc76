/** Passes in QR codes: signed tokens, single use, symbols made and read. Knows only core. */
module io.gatehouse.codes {
    requires transitive io.gatehouse.core;
    requires static transitive org.jspecify;
    requires com.google.zxing;
    requires org.bouncycastle.provider;
    // Only for labels as PDF.
    requires static org.apache.pdfbox;
    requires static org.apache.pdfbox.io;
    // Only for cameras and video files.
    requires static org.bytedeco.javacpp;
    requires static org.bytedeco.opencv;

    exports io.gatehouse.codes.bundle;
    exports io.gatehouse.codes.camera;
    exports io.gatehouse.codes.clock;
    exports io.gatehouse.codes.keys;
    exports io.gatehouse.codes.label;
    exports io.gatehouse.codes.redeem;
    exports io.gatehouse.codes.revoke;
    exports io.gatehouse.codes.rolling;
    exports io.gatehouse.codes.symbol;
    exports io.gatehouse.codes.token;
}
