package io.gatehouse.policy.consent;

import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a site says of its processing in a receipt, beside what the record knows (ISO/IEC TS 27560:2023, sections on PII
 * processing and parties). Immutable and thread-safe; made by {@link #builder}.
 *
 * @param controller       who is answerable: name and how to reach them, 1 to 500 characters
 * @param purposeText      what the data are used for, in the person's words
 * @param jurisdictions    whose law holds (jurisdictions), as ISO 3166 codes such as {@code CN}, {@code US-IL}
 * @param storageLocations where the data lie (storage_locations)
 * @param recipients       who else gets them (recipient_third_parties)
 * @param retention        how long they are kept (retention_period)
 * @param withdrawalMethod how consent is taken back (withdrawal_method)
 * @param privacyRights    which rights there are and how they are used (privacy_rights)
 * @param impactAssessment where the assessment is (impact_assessment)
 * @param special          whether the law counts the data as sensitive or special (special_pii_category)
 */
public record ReceiptTerms(
        String controller,
        String purposeText,
        List<String> jurisdictions,
        List<String> storageLocations,
        List<String> recipients,
        Optional<Period> retention,
        String withdrawalMethod,
        List<String> privacyRights,
        Optional<String> impactAssessment,
        boolean special) {
    private static final int MAX_TEXT = 500;
    private static final Pattern JURISDICTION = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

    public ReceiptTerms {
        requireText("a controller", controller);
        requireText("a purpose", purposeText);
        requireText("a way to withdraw", withdrawalMethod);
        jurisdictions = List.copyOf(jurisdictions);
        storageLocations = List.copyOf(storageLocations);
        recipients = List.copyOf(recipients);
        privacyRights = List.copyOf(privacyRights);
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(impactAssessment, "impactAssessment");
        for (String each : jurisdictions) {
            if (!JURISDICTION.matcher(each).matches()) {
                throw new IllegalArgumentException(
                        "jurisdiction '" + each + "' is no ISO 3166 code such as CN or US-IL");
            }
        }
    }

    private static void requireText(String what, String text) {
        if (text.isBlank() || text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    what + " has 1 to " + MAX_TEXT + " characters, this one " + text.length());
        }
    }

    /**
     * Begins with what every receipt must say.
     *
     * @param controller       who is answerable
     * @param purposeText      what for, in plain words
     * @param withdrawalMethod how consent is taken back
     */
    public static Builder builder(String controller, String purposeText, String withdrawalMethod) {
        return new Builder(controller, purposeText, withdrawalMethod);
    }

    /** Collects the terms. Not thread-safe. */
    public static final class Builder {
        private final String controller;
        private final String purposeText;
        private final String withdrawalMethod;
        private List<String> jurisdictions = List.of();
        private List<String> storageLocations = List.of();
        private List<String> recipients = List.of();
        private Optional<Period> retention = Optional.empty();
        private List<String> privacyRights = List.of();
        private Optional<String> impactAssessment = Optional.empty();
        private boolean special;

        private Builder(String controller, String purposeText, String withdrawalMethod) {
            this.controller = controller;
            this.purposeText = purposeText;
            this.withdrawalMethod = withdrawalMethod;
        }

        public Builder jurisdictions(String... codes) {
            jurisdictions = List.of(codes);
            return this;
        }

        public Builder storedIn(String... places) {
            storageLocations = List.of(places);
            return this;
        }

        public Builder recipients(String... names) {
            recipients = List.of(names);
            return this;
        }

        public Builder keptFor(Period time) {
            retention = Optional.of(time);
            return this;
        }

        public Builder rights(String... texts) {
            privacyRights = List.of(texts);
            return this;
        }

        public Builder impactAssessment(String where) {
            impactAssessment = Optional.of(where);
            return this;
        }

        /** The data are sensitive by law, as biometric data are. */
        public Builder special() {
            special = true;
            return this;
        }

        public ReceiptTerms build() {
            return new ReceiptTerms(
                    controller,
                    purposeText,
                    jurisdictions,
                    storageLocations,
                    recipients,
                    retention,
                    withdrawalMethod,
                    privacyRights,
                    impactAssessment,
                    special);
        }
    }
}
