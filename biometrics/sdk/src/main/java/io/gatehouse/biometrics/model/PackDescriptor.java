package io.gatehouse.biometrics.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.biometrics.model.CropRule.Edge;
import io.gatehouse.biometrics.model.CropRule.Shape;
import io.gatehouse.biometrics.model.DetectorModel.Decoder;
import io.gatehouse.biometrics.model.DetectorModel.Fit;
import io.gatehouse.biometrics.model.DetectorModel.Level;
import io.gatehouse.biometrics.model.EmbedderModel.Alignment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    // It stands in every template, in the gallery's rows and in messages.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");

    PackDescriptor {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a pack's id is letters, digits, '.', '_', '-', '+', at most 128, not '" + id + "'");
        }
        if (detector.isEmpty() && landmarks.isEmpty() && embedder.isEmpty() && liveness.isEmpty()) {
            throw new IllegalArgumentException("the pack " + id + " has no stage");
        }
    }

    static PackDescriptor parse(byte[] json, String where) {
        try {
            JsonNode root = new ObjectMapper().readTree(json);
            if (root == null || !root.isObject()) {
                throw new IllegalArgumentException("it is not a JSON object");
            }
            return parse(new PackJson(root, ""));
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelUnavailableException(
                    "the model pack's descriptor in " + where + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static PackDescriptor parse(PackJson root) {
        int format = root.has("format") ? root.whole("format") : 0;
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "it has format " + format + ", this version of Gatehouse reads format " + FORMAT);
        }
        PackJson stages = root.object("stages");
        return new PackDescriptor(
                root.text("id"),
                root.text("name"),
                root.text("version"),
                stages.optional("detector").map(PackDescriptor::detector),
                stages.optional("landmarks").map(PackDescriptor::landmarks),
                stages.optional("embedder").map(PackDescriptor::embedder),
                stages.optional("liveness").map(PackDescriptor::liveness));
    }

    /**
     * This pack with the stages that it lacks from another. Landmarks decide how faces are aligned, so that templates made
     * with other ones are others: then the id names both.
     */
    PackDescriptor completedBy(PackDescriptor other) {
        boolean changesTemplates = (embedder.isEmpty() && other.embedder.isPresent())
                || (landmarks.isEmpty() && other.landmarks.isPresent());
        return new PackDescriptor(
                changesTemplates ? id + "+" + other.id : id,
                name,
                version,
                detector.or(() -> other.detector),
                landmarks.or(() -> other.landmarks),
                embedder.or(() -> other.embedder),
                liveness.or(() -> other.liveness));
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

    private static DetectorModel detector(PackJson stage) {
        return new DetectorModel(
                file(stage),
                input(stage),
                stage.object("crop").choice("method", Fit.class),
                stage.has("decoder") ? stage.choice("decoder", Decoder.class) : Decoder.RFB,
                levels(stage),
                stage.number("scoreThreshold"),
                stage.number("overlapThreshold"));
    }

    /** Groups the outputs by their stride; those that name none stand for themselves. */
    private static List<Level> levels(PackJson stage) {
        Map<Integer, Map<String, String>> strides = new TreeMap<>();
        for (PackJson output : stage.objects("outputs")) {
            if (output.has("stride")) {
                strides.computeIfAbsent(output.whole("stride"), stride -> new TreeMap<>())
                        .put(output.text("role"), output.text("name"));
            }
        }
        List<Level> levels = new ArrayList<>();
        strides.forEach((stride, names) -> {
            if (!names.containsKey("scores") || !names.containsKey("boxes")) {
                throw stage.wrong("outputs", "without the roles 'scores' and 'boxes' at the stride " + stride);
            }
            levels.add(
                    new Level(stride, names.get("scores"), names.getOrDefault("objectness", ""), names.get("boxes")));
        });
        return levels;
    }

    private static LandmarkModel landmarks(PackJson stage) {
        stage.require("scheme", "ibug-68");
        return new LandmarkModel(
                file(stage),
                input(stage),
                crop(stage),
                stage.optional("refinement")
                        .map(node -> new LandmarkModel.Refinement(
                                node.whole("passes"),
                                node.flag("withMirror"),
                                node.number("centreX"),
                                node.number("centreY"),
                                node.number("side"))));
    }

    private static EmbedderModel embedder(PackJson stage) {
        PackJson alignment = stage.object("alignment");
        Alignment template = alignment.choice("template", Alignment.class);
        Distance distance = stage.choice("distance", Distance.class);
        return new EmbedderModel(
                file(stage),
                input(stage),
                template,
                template == Alignment.DLIB_MEAN_FACE_36 ? alignment.number("padding") : 0,
                stage.whole("dimension"),
                distance,
                stage.flag("averageWithMirror"),
                calibration(stage, distance));
    }

    private static LivenessModel liveness(PackJson stage) {
        stage.require("activation", "softmax");
        return new LivenessModel(file(stage), input(stage), crop(stage), stage.whole("liveClass"));
    }

    /** For a pack that is compared by it, rows may say a cosine in the place of a distance. */
    private static Calibration calibration(PackJson stage, Distance distance) {
        ObjectNode node = (ObjectNode) stage.node().deepCopy();
        int at = 0;
        for (PackJson row : stage.objects("calibration")) {
            if (distance == Distance.COSINE && row.has("cosine")) {
                ((ObjectNode) node.get("calibration").get(at)).put("distance", Distance.ofCosine(row.number("cosine")));
            }
            at++;
        }
        return CalibrationJson.read(node);
    }

    private static ModelFile file(PackJson stage) {
        return new ModelFile(
                stage.text("file"),
                stage.text("sha256"),
                stage.text("licence"),
                stage.texts("licenceFiles"),
                stage.text("origin"),
                stage.text("grade"));
    }

    private static TensorInput input(PackJson stage) {
        PackJson input = stage.object("input");
        return new TensorInput(
                input.text("name"),
                input.whole("width"),
                input.whole("height"),
                input.choice("colourOrder", ColourOrder.class),
                input.floats("mean"),
                input.floats("divisor"),
                "any".equals(input.text("batch")));
    }

    private static CropRule crop(PackJson stage) {
        PackJson crop = stage.object("crop");
        Shape shape = Shape.BOX;
        if (crop.text("method").equals("square")) {
            shape = "height".equals(crop.text("side")) ? Shape.SQUARE_OF_HEIGHT : Shape.SQUARE_OF_LONGEST;
        } else {
            crop.require("method", "box");
        }
        return new CropRule(shape, crop.number("scale"), crop.choice("edge", Edge.class));
    }
}
