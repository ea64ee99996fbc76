package io.gatehouse.biometrics.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The members of a pack's embedder stage that are its calibration: {@code calibration}, its source and its tail. */
final class CalibrationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CalibrationJson() {}

    static Calibration read(JsonNode stage) {
        List<Calibration.Row> rows = new ArrayList<>();
        for (JsonNode row : stage.path("calibration")) {
            rows.add(new Calibration.Row(number(row, "distance"), number(row, "falseMatchRate")));
        }
        JsonNode tail = stage.path("calibrationTail");
        return new Calibration(
                rows,
                stage.path("calibrationSource").asText(""),
                tail.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new Calibration.Tail(number(tail, "scale"), number(tail, "shape"))));
    }

    static Calibration parse(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (!root.path("calibration").isArray()) {
                throw new IllegalArgumentException("a calibration in JSON has an array 'calibration'");
            }
            return read(root);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a calibration is written in JSON: " + e.getOriginalMessage(), e);
        }
    }

    static String text(Calibration calibration) {
        ObjectNode stage = MAPPER.createObjectNode();
        write(calibration, stage);
        return pretty(stage);
    }

    static void replaceIn(Path descriptor, String packId, Calibration calibration) throws IOException {
        JsonNode root = MAPPER.readTree(Files.readAllBytes(descriptor));
        String described = root.path("id").asText("");
        if (!described.equals(packId)) {
            throw new IllegalArgumentException(descriptor + " describes the pack '" + described
                    + "', the calibration is of '" + packId
                    + "': distances of one pack mean nothing in another, so give"
                    + " the pack.json of the pack that was measured");
        }
        if (!(root.path("stages").path("embedder") instanceof ObjectNode embedder)) {
            throw new IllegalArgumentException(descriptor
                    + " describes no embedder, so it takes no calibration: give the pack.json of one that does");
        }
        write(calibration, embedder);
        Path parent = Objects.requireNonNull(descriptor.toAbsolutePath().getParent(), "a file lies in a folder");
        Path whole = Files.createTempFile(parent, "pack", ".part");
        try {
            Files.writeString(whole, pretty(root) + "\n");
            Files.move(whole, descriptor, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static void write(Calibration calibration, ObjectNode stage) {
        stage.put("calibrationSource", calibration.source());
        ArrayNode rows = stage.putArray("calibration");
        for (Calibration.Row row : calibration.rows()) {
            rows.addObject().put("distance", row.distance()).put("falseMatchRate", row.falseMatchRate());
        }
        stage.remove("calibrationTail");
        calibration
                .tail()
                .ifPresent(tail -> stage.putObject("calibrationTail")
                        .put("scale", tail.scale())
                        .put("shape", tail.shape()));
    }

    private static String pretty(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(JsonNode node, String member) {
        JsonNode value = node.get(member);
        if (value == null || !value.isNumber()) {
            throw new IllegalArgumentException("'" + member + "' is missing or not a number");
        }
        return value.asDouble();
    }
}
