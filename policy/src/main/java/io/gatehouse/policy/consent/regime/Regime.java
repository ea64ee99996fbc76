package io.gatehouse.policy.consent.regime;

import io.gatehouse.policy.consent.request.Deadline;
import io.gatehouse.policy.consent.request.RequestKind;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one law asks, read from a document. Immutable and thread-safe. Not legal advice.
 *
 * @param id              short name, such as {@code pipl}
 * @param name            full name
 * @param asOf            the day that the document describes the law of
 * @param answersAloneFrom the age, in years, from which a person consents without a guardian
 * @param biometricBases  on what grounds biometric data may be used
 * @param otherBases      on what grounds other personal data may be used
 * @param deadlines       how long there is to answer requests, by kind; what is missing the law does not limit
 * @param duties          what else it asks
 */
public record Regime(
        String id,
        String name,
        LocalDate asOf,
        int answersAloneFrom,
        Set<LegalBasis> biometricBases,
        Set<LegalBasis> otherBases,
        Map<RequestKind, Deadline> deadlines,
        List<Duty> duties) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** The regimes that are shipped. */
    public static final List<String> SHIPPED = List.of("pipl", "gdpr", "bipa");

    public Regime {
        Objects.requireNonNull(asOf, "asOf");
        biometricBases = Set.copyOf(biometricBases);
        otherBases = Set.copyOf(otherBases);
        deadlines = Map.copyOf(deadlines);
        duties = List.copyOf(duties);
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("a regime's id is lower-case words joined by '-', not '" + id + "'");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("regime " + id + " has a name");
        }
        if (duties.stream().map(Duty::id).distinct().count() != duties.size()) {
            throw new IllegalArgumentException("regime " + id + " has two duties of one id");
        }
    }

    /**
     * Reads a regime.
     *
     * @throws io.gatehouse.policy.document.DocumentException if it is not one, saying where and what was expected
     */
    public static Regime read(DocumentSource source) throws IOException {
        return RegimeDocument.read(source, DocumentLimits.standard());
    }

    /**
     * One that is shipped.
     *
     * @throws IllegalArgumentException if there is none of this id
     */
    public static Regime shipped(String id) throws IOException {
        if (!SHIPPED.contains(id)) {
            throw new IllegalArgumentException("'" + id + "' is not among the regimes that are shipped: " + SHIPPED);
        }
        String file = id + ".yaml";
        try (InputStream in = Objects.requireNonNull(Regime.class.getResourceAsStream(file), file)) {
            return read(DocumentSource.of(file, in.readAllBytes()));
        }
    }

    /** Whether data may be used on this ground. */
    public boolean allows(LegalBasis basis, boolean isBiometric) {
        return (isBiometric ? biometricBases : otherBases).contains(basis);
    }
}
