package io.gatehouse.biometrics.model;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One network's file and where it comes from. Immutable and thread-safe.
 *
 * @param name         the file's name beside the descriptor
 * @param sha256       its digest, lower-case hex
 * @param licence      SPDX expression
 * @param licenceFiles the licences' texts beside the descriptor
 * @param origin       who made it and how it came here
 * @param grade        how well the origin is known: A is traced upstream, B the publisher's word
 */
public record ModelFile(
        String name, String sha256, String licence, List<String> licenceFiles, String origin, String grade) {
    // One plain name: a descriptor must not reach outside its folder.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ModelFile {
        Objects.requireNonNull(licence, "licence");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(grade, "grade");
        licenceFiles = List.copyOf(licenceFiles);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a model's file name is plain letters, digits, '.', '_', '-', not '" + name + "'");
        }
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "the digest of " + name + " is not 64 lower-case hex digits: '" + sha256 + "'");
        }
    }
}
