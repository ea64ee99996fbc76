package io.gatehouse.policy.consent.regime;

/** On what ground data are used. Which of them a law knows, and for which data, a {@link Regime} says. */
public enum LegalBasis {
    CONSENT("dpv:Consent"),
    EXPLICIT_CONSENT("dpv:ExplicitlyExpressedConsent"),
    /** Consent in writing and signed, also electronically. */
    WRITTEN_RELEASE("dpv:ExplicitlyExpressedConsent"),
    CONTRACT("dpv:Contract"),
    LEGAL_OBLIGATION("dpv:LegalObligation"),
    VITAL_INTERESTS("dpv:VitalInterest"),
    PUBLIC_TASK("dpv:PublicInterest"),
    LEGITIMATE_INTERESTS("dpv:LegitimateInterest"),
    EMPLOYMENT_LAW("dpv:LegalObligation"),
    LEGAL_CLAIMS("dpv:LegalBasis"),
    SUBSTANTIAL_PUBLIC_INTEREST("dpv:PublicInterest");

    private final String dpvTerm;

    LegalBasis(String dpvTerm) {
        this.dpvTerm = dpvTerm;
    }

    /** The nearest term of the Data Privacy Vocabulary. */
    public String dpvTerm() {
        return dpvTerm;
    }

    /** Whether a person says yes to it, and can take that back. */
    public boolean isConsent() {
        return this == CONSENT || this == EXPLICIT_CONSENT || this == WRITTEN_RELEASE;
    }
}
