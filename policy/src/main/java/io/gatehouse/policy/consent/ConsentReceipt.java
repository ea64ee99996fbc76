package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person takes home as proof of their answer: those fields of a consent receipt by ISO/IEC TS 27560:2023 that a
 * single answer knows (its name for each in brackets). Immutable and thread-safe; {@code toString} leaves the person out.
 *
 * @param receiptId      of this copy (receipt_id)
 * @param recordId       of the register's record (record_id)
 * @param schemaVersion  what the fields follow (schema_version)
 * @param issuedAt       when it was made out
 * @param principal      whose data (pii_principal_id)
 * @param controller     who is answerable for the processing (pii_controllers), 1 to 500 characters
 * @param purpose        what for (purpose)
 * @param dataClass      which data (pii_information)
 * @param lawfulBasis    always {@code consent} (lawful_basis)
 * @param noticeId       which notice was shown (privacy_notice)
 * @param noticeVersion  in which version
 * @param noticeLanguage in which language (language)
 * @param noticeSha256   the SHA-256 of its text
 * @param state          what was answered (event_state)
 * @param answeredAt     when (event_time)
 * @param how            by what means (consent_type, collection_method)
 * @param expiresAt      when a yes ends by itself (validity_duration)
 * @param guardian       who answered in the person's place
 */
public record ConsentReceipt(
        UUID receiptId,
        UUID recordId,
        String schemaVersion,
        Instant issuedAt,
        PersonId principal,
        String controller,
        Purpose purpose,
        DataClass dataClass,
        String lawfulBasis,
        String noticeId,
        int noticeVersion,
        String noticeLanguage,
        String noticeSha256,
        ConsentAnswer state,
        Instant answeredAt,
        String how,
        Optional<Instant> expiresAt,
        Optional<Guardian> guardian) {

    /** The specification that the fields are taken from. */
    public static final String SCHEMA_VERSION = "ISO/IEC TS 27560:2023";

    private static final int MAX_CONTROLLER = 500;

    public ConsentReceipt {
        Objects.requireNonNull(receiptId, "receiptId");
        Objects.requireNonNull(recordId, "recordId");
        Objects.requireNonNull(schemaVersion, "schemaVersion");
        Objects.requireNonNull(issuedAt, "issuedAt");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(lawfulBasis, "lawfulBasis");
        Objects.requireNonNull(noticeId, "noticeId");
        Objects.requireNonNull(noticeLanguage, "noticeLanguage");
        Objects.requireNonNull(noticeSha256, "noticeSha256");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(answeredAt, "answeredAt");
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(guardian, "guardian");
        if (controller.isBlank() || controller.length() > MAX_CONTROLLER) {
            throw new IllegalArgumentException(
                    "a controller has 1 to " + MAX_CONTROLLER + " characters, this one " + controller.length());
        }
    }

    /** A receipt of this record, with a random id. */
    public static ConsentReceipt of(ConsentRecord record, String controller, Instant issuedAt) {
        ConsentSubject subject = record.subject();
        return new ConsentReceipt(
                UUID.randomUUID(),
                record.id(),
                SCHEMA_VERSION,
                issuedAt,
                subject.person(),
                controller,
                subject.purpose(),
                subject.dataClass(),
                "consent",
                record.noticeId(),
                record.noticeVersion(),
                record.noticeLanguage(),
                record.noticeSha256(),
                record.answer(),
                record.at(),
                record.how(),
                record.terms().expiresAt(),
                record.terms().guardian());
    }

    /**
     * The receipt as JSON, to be handed to the person: what this record knows and what the terms say.
     *
     * @throws IllegalArgumentException if the terms name another controller
     */
    public String toJson(ReceiptTerms terms) {
        if (!terms.controller().equals(controller)) {
            throw new IllegalArgumentException("this receipt is of " + controller + ", not of " + terms.controller());
        }
        return ReceiptDocument.of(this, terms);
    }

    @Override
    public String toString() {
        return "ConsentReceipt[" + receiptId + ", " + state + " " + dataClass + " for " + purpose + ", notice "
                + noticeId + " version " + noticeVersion + ", " + answeredAt + "]";
    }
}
