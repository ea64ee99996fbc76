/** Biometrics: model packs, the way from a picture to a template, template protection, galleries. */
module io.gatehouse.biometrics {
    requires transitive io.gatehouse.core;
    requires static transitive org.jspecify;
    requires ai.djl.api;
    requires com.fasterxml.jackson.databind;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.opencv;

    exports io.gatehouse.biometrics.face;
    exports io.gatehouse.biometrics.gallery;
    exports io.gatehouse.biometrics.model;
    exports io.gatehouse.biometrics.protect;
}
