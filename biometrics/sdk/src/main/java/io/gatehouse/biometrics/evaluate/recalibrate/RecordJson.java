package io.gatehouse.biometrics.evaluate.recalibrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.biometrics.evaluate.Proportion;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.core.identity.PersonId;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a record says, and its JSON. */
record RecordJson(ThresholdProposal proposal, PersonId decidedBy, Instant inForceFrom) {
    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static String text(ThresholdProposal proposal, PersonId decidedBy, Instant inForceFrom) {
        try {
            ObjectNode root = MAPPER.createObjectNode();
            root.put("format", FORMAT)
                    .put("pack", proposal.packId())
                    .put("falseMatchRate", proposal.falseMatchRate())
                    .put("distanceBefore", proposal.distanceBefore())
                    .put("distanceAfter", proposal.distanceAfter())
                    .put("proposedBy", proposal.proposedBy().value())
                    .put("proposedAt", proposal.proposedAt().toString())
                    .put("decidedBy", decidedBy.value())
                    .put("inForceFrom", inForceFrom.toString());
            ArrayNode changes = root.putArray("changes");
            for (GroupChange change : proposal.changes()) {
                ObjectNode row = changes.addObject().put("group", change.name()).put("people", change.people());
                row.put("tooSmall", change.tooSmall());
                put(row, "fmrBefore", change.fmrBefore());
                put(row, "fmrAfter", change.fmrAfter());
                put(row, "fnmrBefore", change.fnmrBefore());
                put(row, "fnmrAfter", change.fnmrAfter());
            }
            root.set("calibration", MAPPER.readTree(proposal.calibration().toJson()));
            // Line ends that do not depend on the machine: they are signed.
            return MAPPER.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(root)
                    .replace("\r\n", "\n");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode row, String name, Proportion rate) {
        row.putArray(name).add(rate.errors()).add(rate.trials());
    }

    static RecordJson parse(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root.path("format").asInt(0) != FORMAT) {
                throw new IllegalArgumentException("this version reads format " + FORMAT);
            }
            List<GroupChange> changes = new ArrayList<>();
            for (JsonNode row : root.path("changes")) {
                changes.add(new GroupChange(
                        text(row, "group"),
                        row.path("people").asInt(),
                        rate(row, "fmrBefore"),
                        rate(row, "fmrAfter"),
                        rate(row, "fnmrBefore"),
                        rate(row, "fnmrAfter"),
                        row.path("tooSmall").asBoolean()));
            }
            ThresholdProposal proposal = new ThresholdProposal(
                    text(root, "pack"),
                    root.path("falseMatchRate").asDouble(),
                    root.path("distanceBefore").asDouble(),
                    root.path("distanceAfter").asDouble(),
                    Calibration.parse(root.path("calibration").toString()),
                    changes,
                    PersonId.of(text(root, "proposedBy")),
                    Instant.parse(text(root, "proposedAt")));
            return new RecordJson(
                    proposal, PersonId.of(text(root, "decidedBy")), Instant.parse(text(root, "inForceFrom")));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Proportion rate(JsonNode row, String name) {
        return Proportion.of(
                row.path(name).path(0).asLong(), row.path(name).path(1).asLong());
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + member + "' is missing or not a text");
        }
        return value.asText();
    }
}
