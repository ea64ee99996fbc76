package io.gatehouse.policy.consent.regime;

/** What can be held against what a site says of itself. */
public enum DutyCheck {
    /** Each purpose that uses biometric data on consent has a notice and an answer of its own. */
    SEPARATE_CONSENT,
    /** As that, and the person signs. */
    WRITTEN_RELEASE,
    /** The consent register asks guardians of whoever is younger than the regime says. */
    ANSWERS_ALONE_FROM,
    /** There is no portal that only a face opens. */
    NOT_SOLE_METHOD,
    /** The impact was assessed before the start, and the record is kept. */
    IMPACT_ASSESSMENT,
    /** That so many people are stored was filed in time. */
    FILING,
    /** Biometric data stay within the site's devices. */
    LOCAL_STORAGE,
    /** For all data that are used it is said how long they are kept. */
    RETENTION_STATED,
    /** Biometric data are kept for so long at most. */
    RETENTION_AT_MOST,
    /** The policy is open to the public. */
    PUBLISHED_POLICY,
    /** There is a record of processing activities. */
    PROCESSING_RECORDS
}
