package io.gatehouse.biometrics.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One network's file and where it comes from. Immutable and thread-safe.
 *
 * @param name         the file's name beside the descriptor
 * @param sha256       its digest, lower-case hex
 * @param licence      SPDX expression
 * @param licenceFiles the licences' texts beside the descriptor
 * @param origin       who made it and how it came here
 * @param grade        how well the origin is known: A is traced upstream, B the publisher's word, C is contradicted or
 *                     not shown; see {@link LicencePolicy}
 */
public record ModelFile(
        String name, String sha256, String licence, List<String> licenceFiles, String origin, String grade) {
    // One plain name: a descriptor must not reach outside its folder.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Set<String> GRADES = Set.of("A", "B", "C");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ModelFile {
        Objects.requireNonNull(licence, "licence");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(grade, "grade");
        licenceFiles = List.copyOf(licenceFiles);
        for (String file : licenceFiles) {
            requirePlain(file);
        }
        if (licence.isBlank() || licence.length() > 512) {
            throw new IllegalArgumentException("the model " + name + " says no licence: give its SPDX expression, or a"
                    + " LicenseRef- of your own for a contract");
        }
        if (!GRADES.contains(grade)) {
            throw new IllegalArgumentException("the grade of " + name + " is A, B or C, not '" + grade + "'");
        }
        requirePlain(name);
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "the digest of " + name + " is not 64 lower-case hex digits: '" + sha256 + "'");
        }
    }

    private static void requirePlain(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a model's file name is plain letters, digits, '.', '_', '-', not '" + name + "'");
        }
    }
}
