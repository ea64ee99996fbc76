package io.gatehouse.policy.consent.regime;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.reason.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The basis of each processing that a site declares: consent is asked for person by person; another ground holds for
 * everybody, if the regime knows it for such data. What is not declared has no basis. Thread-safe if the consents are.
 */
public final class DeclaredBases implements LawfulBasis {
    private final Map<Use, Processing> byUse;
    private final LawfulBasis consents;

    private record Use(Purpose purpose, DataClass dataClass) {}

    private DeclaredBases(Map<Use, Processing> byUse, LawfulBasis consents) {
        this.byUse = Map.copyOf(byUse);
        this.consents = Objects.requireNonNull(consents, "consents");
    }

    /**
     * Declares processings under a regime.
     *
     * @param consents asked where the ground is a kind of consent
     * @throws IllegalArgumentException if the regime does not know a ground for such data, or one use is declared twice
     */
    public static DeclaredBases create(Regime regime, List<Processing> processings, LawfulBasis consents) {
        Map<Use, Processing> byUse = new HashMap<>();
        for (Processing each : processings) {
            if (!regime.allows(each.basis(), each.isBiometric())) {
                throw new IllegalArgumentException(
                        regime.name() + " does not know " + each.basis() + " as a ground to use "
                                + (each.isBiometric() ? "biometric" : "other") + " data: it knows "
                                + (each.isBiometric() ? regime.biometricBases() : regime.otherBases()));
            }
            if (byUse.put(new Use(each.purpose(), each.dataClass()), each) != null) {
                throw new IllegalArgumentException(
                        "the use of " + each.dataClass() + " for " + each.purpose() + " is declared twice");
            }
        }
        return new DeclaredBases(byUse, consents);
    }

    @Override
    public Answer basisFor(PersonId person, Purpose purpose, DataClass dataClass) {
        Processing declared = byUse.get(new Use(purpose, dataClass));
        if (declared == null) {
            return Answer.refused(Reason.format(
                    "basis.not-declared",
                    "That %s are used for %s was never declared: declare it with its legal ground first.",
                    dataClass,
                    purpose));
        }
        return declared.basis().isConsent() ? consents.basisFor(person, purpose, dataClass) : Answer.lawful();
    }
}
