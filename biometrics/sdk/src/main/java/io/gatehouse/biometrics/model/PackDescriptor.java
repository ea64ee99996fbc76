package io.gatehouse.biometrics.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.biometrics.model.CropRule.Edge;
import io.gatehouse.biometrics.model.CropRule.Shape;
import io.gatehouse.biometrics.model.EmbedderModel.Alignment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code pack.json} says, format 1. Members that it does not know are left alone. */
record PackDescriptor(
        String id,
        String name,
        String version,
        Optional<DetectorModel> detector,
        Optional<LandmarkModel> landmarks,
        Optional<EmbedderModel> embedder,
        Optional<LivenessModel> liveness) {
    private static final int FORMAT = 1;

    static PackDescriptor parse(byte[] json, String where) {
        try {
            return parse(new ObjectMapper().readTree(json));
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelUnavailableException(
                    "the model pack's descriptor in " + where + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static PackDescriptor parse(JsonNode root) {
        int format = root.path("format").asInt(0);
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "it has format " + format + ", this version of Gatehouse reads format " + FORMAT);
        }
        JsonNode stages = root.path("stages");
        return new PackDescriptor(
                text(root, "id"),
                text(root, "name"),
                text(root, "version"),
                stage(stages.get("detector"), PackDescriptor::detector),
                stage(stages.get("landmarks"), PackDescriptor::landmarks),
                stage(stages.get("embedder"), PackDescriptor::embedder),
                stage(stages.get("liveness"), PackDescriptor::liveness));
    }

    PackDescriptor withEmbedder(EmbedderModel other) {
        return new PackDescriptor(id, name, version, detector, landmarks, Optional.of(other), liveness);
    }

    Stream<ModelFile> files() {
        return Stream.of(
                        detector.map(DetectorModel::file),
                        landmarks.map(LandmarkModel::file),
                        embedder.map(EmbedderModel::file),
                        liveness.map(LivenessModel::file))
                .flatMap(Optional::stream);
    }

    private static <T> Optional<T> stage(@Nullable JsonNode node, Function<JsonNode, T> reader) {
        return node == null ? Optional.empty() : Optional.of(reader.apply(node));
    }

    private static DetectorModel detector(JsonNode node) {
        oneOf(text(node.path("crop"), "method"), "crop.method", "stretch");
        return new DetectorModel(
                file(node), input(node), number(node, "scoreThreshold"), number(node, "overlapThreshold"));
    }

    private static LandmarkModel landmarks(JsonNode node) {
        oneOf(text(node, "scheme"), "scheme", "ibug-68");
        return new LandmarkModel(file(node), input(node), crop(node));
    }

    private static EmbedderModel embedder(JsonNode node) {
        oneOf(text(node, "distance"), "distance", "euclidean");
        JsonNode alignment = node.path("alignment");
        oneOf(text(alignment, "template"), "alignment.template", "dlib-mean-face-36");
        return new EmbedderModel(
                file(node),
                input(node),
                Alignment.DLIB_MEAN_FACE_36,
                number(alignment, "padding"),
                (int) number(node, "dimension"),
                node.path("averageWithMirror").asBoolean(),
                CalibrationJson.read(node));
    }

    private static LivenessModel liveness(JsonNode node) {
        oneOf(text(node, "activation"), "activation", "softmax");
        return new LivenessModel(file(node), input(node), crop(node), (int) number(node, "liveClass"));
    }

    private static ModelFile file(JsonNode node) {
        List<String> licenceFiles = new ArrayList<>();
        node.path("licenceFiles").forEach(name -> licenceFiles.add(name.asText()));
        return new ModelFile(
                text(node, "file"),
                text(node, "sha256"),
                text(node, "licence"),
                licenceFiles,
                text(node, "origin"),
                text(node, "grade"));
    }

    private static TensorInput input(JsonNode node) {
        JsonNode input = node.path("input");
        return new TensorInput(
                text(input, "name"),
                (int) number(input, "width"),
                (int) number(input, "height"),
                ColourOrder.valueOf(text(input, "colourOrder")),
                floats(input, "mean"),
                floats(input, "divisor"),
                "any".equals(text(input, "batch")));
    }

    private static CropRule crop(JsonNode node) {
        JsonNode crop = node.path("crop");
        String method = text(crop, "method");
        Shape shape = Shape.BOX;
        if (method.equals("square")) {
            shape = "height".equals(text(crop, "side")) ? Shape.SQUARE_OF_HEIGHT : Shape.SQUARE_OF_LONGEST;
        } else {
            oneOf(method, "crop.method", "box");
        }
        return new CropRule(
                shape, number(crop, "scale"), Edge.valueOf(text(crop, "edge").toUpperCase(Locale.ROOT)));
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.get(member);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("'" + member + "' is missing or not a text");
        }
        return value.asText();
    }

    private static double number(JsonNode node, String member) {
        JsonNode value = node.get(member);
        if (value == null || !value.isNumber()) {
            throw new IllegalArgumentException("'" + member + "' is missing or not a number");
        }
        return value.asDouble();
    }

    private static float[] floats(JsonNode node, String member) {
        JsonNode array = node.path(member);
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }

    private static void oneOf(String value, String member, String supported) {
        if (!value.equals(supported)) {
            throw new IllegalArgumentException(
                    "'" + member + "' is '" + value + "', this version of Gatehouse knows '" + supported + "'");
        }
    }
}
