/** Biometrics: model packs, the way from a picture to a template, template protection, galleries. */
module io.gatehouse.biometrics {
    requires transitive io.gatehouse.core;
    requires static transitive org.jspecify;
    requires ai.djl.api;
    requires com.fasterxml.jackson.databind;
    requires com.google.crypto.tink;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.opencv;

    exports io.gatehouse.biometrics.evaluate.plot;
    exports io.gatehouse.biometrics.evaluate.recalibrate;
    exports io.gatehouse.biometrics.evaluate;
    exports io.gatehouse.biometrics.face.align;
    exports io.gatehouse.biometrics.face.detect;
    exports io.gatehouse.biometrics.face.embed;
    exports io.gatehouse.biometrics.face.landmark;
    exports io.gatehouse.biometrics.face.liveness;
    exports io.gatehouse.biometrics.face.message;
    exports io.gatehouse.biometrics.face.quality;
    exports io.gatehouse.biometrics.face.track;
    exports io.gatehouse.biometrics.face;
    exports io.gatehouse.biometrics.fusion;
    exports io.gatehouse.biometrics.gallery;
    exports io.gatehouse.biometrics.gallery.search;
    exports io.gatehouse.biometrics.model;
    exports io.gatehouse.biometrics.picture;
    exports io.gatehouse.biometrics.protect;
}
