package io.gatehouse.policy.consent;

import io.gatehouse.policy.internal.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON of a receipt: the record that it is about (record_metadata, pii_processing, party_identification, event) as
 * ISO/IEC TS 27560:2023 names its fields, with terms of the W3C community's Data Privacy Vocabulary (DPV 2) under
 * {@code dpv:} keys, so that it can be read as JSON-LD too. Stateless.
 */
final class ReceiptDocument {
    private static final String CONTROLLER = "controller";

    private ReceiptDocument() {}

    static String of(ConsentReceipt receipt, ReceiptTerms terms) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("@context", Map.of("dpv", "https://w3id.org/dpv#"));
        root.put("@type", "dpv:ConsentReceipt");
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("schema_version", receipt.schemaVersion());
        metadata.put("receipt_id", receipt.receiptId());
        metadata.put("issued_at", receipt.issuedAt());
        root.put("receipt_metadata", metadata);
        root.put("consent_record", record(receipt, terms));
        return JsonText.of(root);
    }

    private static Map<String, Object> record(ConsentReceipt receipt, ReceiptTerms terms) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("schema_version", receipt.schemaVersion());
        header.put("record_id", receipt.recordId());
        header.put("pii_principal_id", receipt.principal().value());
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("@type", "dpv:ConsentRecord");
        record.put("record_metadata", header);
        record.put("pii_processing", processing(receipt, terms));
        record.put("party_identification", parties(receipt, terms));
        record.put("event", List.of(event(receipt)));
        return record;
    }

    private static Map<String, Object> processing(ConsentReceipt receipt, ReceiptTerms terms) {
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("id", receipt.noticeId());
        notice.put("version", receipt.noticeVersion());
        notice.put("sha256", receipt.noticeSha256());
        Map<String, Object> processing = new LinkedHashMap<>();
        processing.put("privacy_notice", notice);
        processing.put("language", receipt.noticeLanguage());
        processing.put("purposes", List.of(purpose(receipt, terms)));
        return processing;
    }

    private static Map<String, Object> purpose(ConsentReceipt receipt, ReceiptTerms terms) {
        Map<String, Object> information = new LinkedHashMap<>();
        information.put("pii_type", receipt.dataClass().value());
        information.put("pii_optional", true);
        information.put("sensitive_pii_category", terms.special());
        information.put("special_pii_category", terms.special());
        Map<String, Object> purpose = new LinkedHashMap<>();
        purpose.put("purpose", terms.purposeText());
        purpose.put("purpose_type", receipt.purpose().value());
        purpose.put("lawful_basis", receipt.lawfulBasis());
        purpose.put("dpv:hasLegalBasis", terms.special() ? "dpv:ExplicitlyExpressedConsent" : "dpv:ExpressedConsent");
        purpose.put("pii_information", List.of(information));
        purpose.put("pii_controllers", List.of(CONTROLLER));
        purpose.put("collection_method", List.of(receipt.how()));
        purpose.put("storage_locations", terms.storageLocations());
        terms.retention().ifPresent(time -> purpose.put("retention_period", time));
        purpose.put("jurisdictions", terms.jurisdictions());
        purpose.put("recipient_third_parties", terms.recipients());
        purpose.put("withdrawal_method", terms.withdrawalMethod());
        purpose.put("privacy_rights", terms.privacyRights());
        terms.impactAssessment().ifPresent(where -> purpose.put("impact_assessment", where));
        return purpose;
    }

    private static List<Map<String, Object>> parties(ConsentReceipt receipt, ReceiptTerms terms) {
        Map<String, Object> controller = new LinkedHashMap<>();
        controller.put("party_id", CONTROLLER);
        controller.put("party_name", terms.controller());
        controller.put("party_role", "PII controller");
        controller.put("@type", "dpv:DataController");
        if (receipt.guardian().isEmpty()) {
            return List.of(controller);
        }
        Map<String, Object> guardian = new LinkedHashMap<>();
        guardian.put("party_id", "guardian");
        guardian.put("party_name", receipt.guardian().get().name());
        guardian.put("party_role", receipt.guardian().get().relation());
        guardian.put("@type", "dpv:GuardianOfDataSubject");
        return List.of(controller, guardian);
    }

    private static Map<String, Object> event(ConsentReceipt receipt) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_time", receipt.answeredAt());
        receipt.expiresAt().ifPresent(end -> event.put("valid_until", end));
        event.put(
                "entity_id",
                receipt.guardian().isPresent()
                        ? "guardian"
                        : receipt.principal().value());
        event.put("event_type", "explicit");
        event.put("event_state", receipt.state().name().toLowerCase(Locale.ROOT));
        event.put("dpv:hasConsentStatus", status(receipt.state()));
        return event;
    }

    private static String status(ConsentAnswer answer) {
        return switch (answer) {
            case GIVEN -> "dpv:ConsentGiven";
            case REFUSED -> "dpv:ConsentRefused";
            case WITHDRAWN -> "dpv:ConsentWithdrawn";
            case EXPIRED -> "dpv:ConsentExpired";
        };
    }
}
