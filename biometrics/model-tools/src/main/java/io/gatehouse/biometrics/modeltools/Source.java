package io.gatehouse.biometrics.modeltools;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.biometrics.modeltools.convert.Conversion;
import io.gatehouse.biometrics.modeltools.fetch.NpmPackage;
import io.gatehouse.biometrics.modeltools.fetch.PinnedFile;
import io.gatehouse.biometrics.modeltools.fetch.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code source} member of a descriptor: which files of which package, and what is done to them.
 *
 * @param npmPackage the package
 * @param files the files wanted of it
 * @param conversion how they become the file of the pack
 */
record Source(NpmPackage npmPackage, List<PinnedFile> files, Conversion conversion) {
    Source {
        files = List.copyOf(files);
    }

    /** Throws {@link IllegalArgumentException} where a member is missing or wrong. */
    static Source of(JsonNode source) {
        List<PinnedFile> files = new ArrayList<>();
        for (JsonNode file : source.path("files")) {
            files.add(new PinnedFile(text(file, "path"), new Sha256(text(file, "sha256"))));
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a source lists no files");
        }
        return new Source(
                NpmPackage.of(text(source, "npm"), new Sha256(text(source, "tarballSha256"))),
                files,
                Conversion.of(text(source, "conversion")));
    }

    static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("the member '" + member + "' is missing or not a text");
        }
        return value.asText();
    }
}
