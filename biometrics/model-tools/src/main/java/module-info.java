/** Build tool of the model packs: fetches pinned model files and turns tfjs weights into ONNX. Not for users of the SDK. */
module io.gatehouse.biometrics.modeltools {
    requires com.fasterxml.jackson.databind;
    requires com.google.protobuf;
    requires static org.jspecify;

    exports io.gatehouse.biometrics.modeltools;
}
