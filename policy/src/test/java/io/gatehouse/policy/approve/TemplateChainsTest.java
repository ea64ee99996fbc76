package io.gatehouse.policy.approve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TemplateChainsTest extends DeskFixture {
    private static final String LEAVE =
            "{\"kind\":\"leave\",\"from\":\"2026-04-01\",\"until\":\"2026-04-%s\",\"days\":%s,\"reason\":\"wedding\"}";
    private static final String FOOTAGE = "\"reason\":\"a bicycle was stolen\",\"from\":\"2026-03-03T08:00:00Z\","
            + "\"until\":\"2026-03-03T09:00:00Z\",\"place\":\"yard\"";

    @Test
    @DisplayName("ATT-8 an appeal is examined, decided and corrected by a new record; every step is in the ledger")
    void appealIsExaminedAndCorrected() throws IOException {
        String form = "{\"entry\":17,\"claim\":\"I was there at eight o'clock\"}";
        UUID id = submit("attendance-appeal", "li", form);
        assertThat(asked(id)).isEqualTo(Map.of("examination", Set.of("clerk")));
        assertThat(approve(id, "decision", "hr-head")).isEqualTo("approve.not-open");
        assertThat(record(id, "examination", "clerk", "{\"finding\":\"the terminal was down\"}"))
                .isEqualTo("PENDING");
        assertThat(record(id, "correction", "clerk", "{\"entry\":18}")).isEqualTo("approve.not-open");
        assertThat(approve(id, "decision", "hr-head")).isEqualTo("GRANTED");
        assertThat(record(id, "correction", "clerk", "{}")).isEqualTo("approve.form");
        assertThat(record(id, "correction", "clerk", "{\"entry\":18}")).isEqualTo("COMPLETED");
        assertThat(request(id).form()).as("the claim stays as it was made").isEqualTo(form);
        assertThat(recorded())
                .containsExactly("approval.submitted", "approval.recorded", "approval.approved", "approval.recorded");
    }

    @Test
    @DisplayName(
            "ATT-21 leave is approved by the direct superior, then the responsible department; nobody approves their own")
    void leaveGoesToSuperiorAndDepartment() throws IOException {
        UUID id = submit("leave", "li", LEAVE.formatted("03", "3"));
        assertThat(asked(id)).isEqualTo(Map.of("superior", Set.of("team-lead")));
        assertThat(approve(id, "superior", "li")).isEqualTo("approve.own");
        assertThat(approve(id, "responsible-department", "hr-head")).isEqualTo("approve.not-open");
        assertThat(approve(id, "superior", "team-lead")).isEqualTo("PENDING");
        assertThat(approve(id, "responsible-department", "wang")).isEqualTo("approve.not-asked");
        assertThat(approve(id, "responsible-department", "hr-head")).isEqualTo("COMPLETED");

        UUID own = submit("leave", "hr-head", LEAVE.formatted("03", "3"));
        assertThat(approve(own, "superior", "director")).isEqualTo("PENDING");
        assertThat(asked(own).get("responsible-department"))
                .as("the head's own leave goes to their superior, who has decided already, so to the fallback")
                .isEqualTo(Set.of("deputy"));
        assertThat(request(own).fallbacks()).containsExactly("responsible-department");

        UUID away = submit("leave", "li", LEAVE.formatted("30", "21.5"));
        approve(away, "superior", "team-lead");
        assertThat(approve(away, "responsible-department", "hr-head")).isEqualTo("PENDING");
        assertThat(approve(away, "management", "deputy")).isEqualTo("COMPLETED");
        assertThat(submitWord("leave", "li", LEAVE.formatted("31", "3"))).isEqualTo("approve.form");
    }

    @Test
    @DisplayName(
            "ATT-22 a person confirms the period's attendance record; in time, or the head of personnel is asked as well")
    void personConfirmsTheirRecord() throws IOException {
        String form = "{\"person\":\"li\",\"from\":\"2026-02-01\",\"until\":\"2026-02-28\",\"sha256\":\"" + SHA + "\"}";
        UUID id = submit("attendance-confirmation", "clerk", form);
        assertThat(asked(id)).isEqualTo(Map.of("person", Set.of("li")));
        assertThat(refuse(id, "person", "li")).isEqualTo("REJECTED");
        UUID again = submit("attendance-confirmation", "clerk", form);
        assertThat(approve(again, "person", "clerk")).isEqualTo("approve.own");
        now = NOW.plus(Duration.ofDays(9));
        assertThat(asked(again)).isEqualTo(Map.of("person", Set.of("hr-head", "li")));
        assertThat(approve(again, "person", "li")).isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("ATT-23 an exception: explanation, superior's statement, check by the attendance department, decision")
    void exceptionIsStatedCheckedAndDecided() throws IOException {
        UUID id = submit(
                "attendance-exception",
                "li",
                "{\"kind\":\"missed-clocking\",\"at\":\"2026-03-03T08:00:00Z\",\"explanation\":\"the gate was open\"}");
        assertThat(record(id, "statement", "sales-head", "{\"statement\":\"x\"}"))
                .isEqualTo("approve.not-asked");
        assertThat(record(id, "statement", "team-lead", "{\"statement\":\"I saw her\"}"))
                .isEqualTo("PENDING");
        assertThat(record(id, "check", "clerk", "{\"agrees\":true,\"checked\":\"camera log\"}"))
                .isEqualTo("PENDING");
        assertThat(approve(id, "decision", "hr-head")).isEqualTo("COMPLETED");
        assertThat(request(id).history())
                .extracting(ApprovalRequest.Entry::what)
                .containsExactly("submitted", "recorded", "recorded", "approved");
    }

    @Test
    @DisplayName("ENT-9 a visit is booked with all that is asked for, and the host confirms it")
    void hostConfirmsVisit() throws IOException {
        String form = "{\"name\":\"Zhao\",\"sex\":\"female\",\"id-number\":\"110101\",\"contact\":\"+49 30 1\","
                + "\"reason\":\"audit\",\"department\":\"sales\",\"host\":\"%s\",\"arrives\":\"2026-03-05T09:00:00Z\","
                + "\"leaves\":\"2026-03-05T11:00:00Z\"}";
        UUID id = submit("visitor-booking", "receptionist", form.formatted("li"));
        assertThat(approve(id, "host", "team-lead")).isEqualTo("approve.not-asked");
        assertThat(approve(id, "host", "li")).isEqualTo("COMPLETED");
        assertThat(request(id).state().isInForce()).isTrue();
        assertThat(submitWord(
                        "visitor-booking", "receptionist", form.formatted("li").replace("\"sex\":\"female\",", "")))
                .isEqualTo("approve.form");
        house.absent.add("li");
        UUID away = submit("visitor-booking", "receptionist", form.formatted("li"));
        assertThat(asked(away)).isEqualTo(Map.of("host", Set.of("sales-head")));
        assertThat(request(away).fallbacks()).containsExactly("host");
    }

    @Test
    @DisplayName(
            "ENT-11 no booking and urgent: a short form, the department's head signs, area limited, escort all the way")
    void unbookedVisitIsSignedByTheHead() throws IOException {
        String form = "{\"name\":\"Zhao\",\"id-number\":\"110101\",\"reason\":\"burst pipe\",\"department\":\"works\","
                + "\"zones\":[\"boiler-room\"],\"escort\":\"li\"}";
        UUID id = submit("visitor-unbooked", "receptionist", form);
        assertThat(request(id).state().isInForce()).isFalse();
        assertThat(approve(id, "head", "works-head")).isEqualTo("COMPLETED");
        assertThat(request(id).terms()).containsExactly("escort-all-the-way", "named-zones-only");
        assertThat(submitWord("visitor-unbooked", "receptionist", form.replace("[\"boiler-room\"]", "[]")))
                .isEqualTo("approve.form");
        assertThat(submitWord("visitor-unbooked", "receptionist", form.replace(",\"escort\":\"li\"", "")))
                .isEqualTo("approve.form");
    }

    @Test
    @DisplayName(
            "ENT-16 a purchase: head, purchasing, delivery checked against request and note, labels scanned into stock")
    void purchaseEndsInTheStore() throws IOException {
        String form = "{\"name\":\"drill\",\"specification\":\"18 V\",\"quantity\":2,\"budget\":%s,"
                + "\"needed-by\":\"2026-04-01\"}";
        UUID id = submit("purchase", "li", form.formatted("400"));
        assertThat(approve(id, "head", "sales-head")).isEqualTo("PENDING");
        assertThat(approve(id, "purchasing", "purchasing-head")).isEqualTo("GRANTED");
        assertThat(record(id, "delivery", "storeman", "{\"delivery-note\":\"L 1\",\"quantity\":2,\"agrees\":true}"))
                .isEqualTo("GRANTED");
        assertThat(asked(id).keySet()).containsExactly("stock-entry");
        assertThat(record(id, "stock-entry", "storeman", "{\"labels\":[\"A1\",\"A1\"]}"))
                .isEqualTo("approve.form");
        assertThat(record(id, "stock-entry", "storeman", "{\"labels\":[\"A1\",\"A2\"]}"))
                .isEqualTo("COMPLETED");

        UUID dear = submit("purchase", "li", form.formatted("60000"));
        approve(dear, "head", "sales-head");
        assertThat(asked(dear).keySet()).containsExactly("management");
        approve(dear, "management", "director");
        approve(dear, "purchasing", "purchasing-head");
        record(dear, "delivery", "storeman", "{\"delivery-note\":\"L 2\",\"quantity\":1,\"agrees\":false}");
        assertThat(asked(dear)).isEqualTo(Map.of("return", Set.of("purchasing-head")));
    }

    @Test
    @DisplayName("ENT-17 issue from store: request, approval, stock checked, label scanned")
    void issueFromStore() throws IOException {
        UUID id = submit("store-issue", "li", "{\"article\":\"gloves\",\"quantity\":4,\"reason\":\"winter\"}");
        assertThat(record(id, "stock-check", "storeman", "{\"in-stock\":true}")).isEqualTo("approve.not-open");
        assertThat(approve(id, "head", "sales-head")).isEqualTo("GRANTED");
        assertThat(record(id, "stock-check", "storeman", "{\"in-stock\":true}")).isEqualTo("GRANTED");
        assertThat(record(id, "withdrawal", "storeman", "{\"labels\":[\"G1\"]}"))
                .isEqualTo("COMPLETED");
        UUID none = submit("store-issue", "li", "{\"article\":\"gloves\",\"quantity\":4,\"reason\":\"winter\"}");
        approve(none, "head", "sales-head");
        assertThat(record(none, "stock-check", "storeman", "{\"in-stock\":false}"))
                .as("nothing is withdrawn")
                .isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName(
            "ENT-18 lending: both heads approve, marked lent, return inspected and mark cleared; overdue is noticed")
    void lendingIsApprovedByBothHeads() throws IOException {
        UUID id = submit(
                "lending",
                "li",
                "{\"asset\":\"projector\",\"owner\":\"works\",\"due\":\"2026-03-20\",\"reason\":\"fair\"}");
        assertThat(asked(id))
                .isEqualTo(Map.of("borrowing-head", Set.of("sales-head"), "lending-head", Set.of("works-head")));
        assertThat(approve(id, "lending-head", "works-head")).isEqualTo("PENDING");
        assertThat(approve(id, "borrowing-head", "sales-head")).isEqualTo("GRANTED");
        assertThat(request(id).terms()).containsExactly("marked-lent");
        assertThat(record(id, "lent", "storeman", "{\"label\":\"P1\"}")).isEqualTo("GRANTED");
        Instant due = Instant.parse("2026-03-20T23:00:00Z");
        assertThat(desk.dueBy(due.minusSeconds(1), 10)).isEmpty();
        assertThat(desk.dueBy(due, 10)).extracting(ApprovalTask::step).containsExactly("returned");
        now = due;
        assertThat(asked(id)).isEqualTo(Map.of("returned", Set.of("storeman", "works-head")));
        assertThat(record(id, "returned", "storeman", "{\"label\":\"P1\",\"sound\":true}"))
                .isEqualTo("COMPLETED");
        assertThat(desk.dueBy(due, 10)).isEmpty();
    }

    @Test
    @DisplayName("ENT-19 scrapping: head, appraisal by the asset department, management, disposal that is traceable")
    void scrappingIsAppraised() throws IOException {
        UUID id = submit("scrapping", "li", "{\"asset\":\"van\",\"reason\":\"rust\"}");
        approve(id, "head", "sales-head");
        assertThat(record(id, "appraisal", "assets-head", "{\"value\":100,\"way\":\"burning\"}"))
                .isEqualTo("approve.form");
        assertThat(record(id, "appraisal", "assets-head", "{\"value\":100,\"way\":\"recycling\"}"))
                .isEqualTo("PENDING");
        assertThat(approve(id, "management", "director")).isEqualTo("GRANTED");
        String disposal = "{\"label\":\"V1\",\"way\":\"recycling\",\"receiver\":\"Metal Ltd\"}";
        assertThat(record(id, "disposal", "storeman", disposal)).isEqualTo("COMPLETED");
        assertThat(request(id).history().get(4).form()).isEqualTo(disposal);
    }

    @Test
    @DisplayName(
            "ENT-24 an inspection's finding is an order with a deadline; report, follow-up, and who does not comply is escalated")
    void inspectionIsFollowedUp() throws IOException {
        UUID id = submit(
                "inspection",
                "wang",
                "{\"kind\":\"random\",\"department\":\"works\",\"finding\":\"exit blocked\",\"order\":\"clear it\","
                        + "\"due\":\"2026-03-10\"}");
        assertThat(request(id).state()).isEqualTo(RequestState.GRANTED);
        assertThat(request(id).informed()).containsExactly(House.id("works-head"));
        now = Instant.parse("2026-03-11T08:00:00Z");
        assertThat(asked(id).get("report")).as("overdue").isEqualTo(Set.of("director", "deputy", "works-head"));
        record(id, "report", "works-head", "{\"done\":\"cleared\"}");
        assertThat(record(id, "follow-up", "works-head", "{\"complied\":true}")).isEqualTo("approve.not-asked");
        assertThat(record(id, "follow-up", "wang", "{\"complied\":false}")).isEqualTo("GRANTED");
        assertThat(asked(id)).isEqualTo(Map.of("measure", Set.of("director", "deputy")));
        assertThat(record(id, "measure", "director", "{\"measure\":\"written warning\"}"))
                .isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("CAM-1 no retrieval without a stated reason, by whichever chain")
    void noRetrievalWithoutReason() throws IOException {
        for (String chain : List.of("footage-employee", "footage-partner", "footage-authority")) {
            for (String reason : List.of("", "\"reason\":\"\",", "\"reason\":\"because\",")) {
                String form = "{" + FOOTAGE.replace("\"reason\":\"a bicycle was stolen\",", reason) + "}";
                assertThat(submitWord(chain, "li", form)).as(chain + reason).isEqualTo("approve.form");
            }
        }
    }

    @Test
    @DisplayName(
            "CAM-4 employee: reason, range, place; head, then monitoring within 3 working days; a named person assists")
    void employeeSeesRecording() throws IOException {
        UUID id = submit("footage-employee", "li", "{" + FOOTAGE + "}");
        assertThat(approve(id, "head", "sales-head")).isEqualTo("PENDING");
        assertThat(request(id).tasks().get(0).due())
                .as("three working days after Wednesday, of which Friday is a holiday: until Tuesday")
                .contains(Instant.parse("2026-03-10T23:00:00Z"));
        assertThat(approve(id, "monitoring", "watcher-2")).isEqualTo("GRANTED");
        assertThat(record(id, "viewing", "watcher-1", "{\"seen-at\":\"2026-03-05T08:00:00Z\"}"))
                .isEqualTo("approve.form");
        assertThat(record(
                        id,
                        "viewing",
                        "watcher-1",
                        "{\"assisted-by\":\"watcher-1\",\"seen-at\":\"2026-03-05T08:00:00Z\"}"))
                .isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName(
            "CAM-5 partner company: agreement and letter, department, then management; may look, may not take away")
    void partnerMayLook() throws IOException {
        String form = "{" + FOOTAGE + ",\"company\":\"Partner Ltd\"}";
        assertThat(word(desk.submit("footage-partner", House.id("li"), form, Map.of("agreement", SHA))))
                .isEqualTo("approve.documents");
        assertThat(word(desk.submit(
                        "footage-partner", House.id("li"), form, Map.of("agreement", SHA, "letter", "none"))))
                .isEqualTo("approve.digest");
        UUID id = submit("footage-partner", "li", form, Map.of("agreement", SHA, "letter", SHA));
        assertThat(approve(id, "management", "director")).isEqualTo("approve.not-open");
        approve(id, "head", "monitoring-head");
        assertThat(approve(id, "management", "director")).isEqualTo("GRANTED");
        assertThat(request(id).terms()).contains("look-only");
        assertThat(request(id).documents()).containsOnlyKeys("agreement", "letter");
    }

    @Test
    @DisplayName(
            "CAM-6 law enforcement: legal document, monitoring, management informed at once; what was handed over is recorded")
    void authorityIsGivenWhatIsRecorded() throws IOException {
        String form = "{" + FOOTAGE + ",\"authority\":\"Police\",\"officer\":\"Schmidt\",\"reference\":\"7 Js 1\"}";
        assertThat(submitWord("footage-authority", "watcher-1", form)).isEqualTo("approve.documents");
        UUID id = submit("footage-authority", "watcher-1", form, Map.of("legal-document", SHA));
        assertThat(request(id).informed()).containsExactlyInAnyOrder(House.id("director"), House.id("deputy"));
        assertThat(approve(id, "monitoring", "watcher-1")).isEqualTo("approve.own");
        assertThat(approve(id, "monitoring", "watcher-2")).isEqualTo("GRANTED");
        String given = "{\"what\":\"yard, 8 to 9\",\"sha256\":\"" + SHA
                + "\",\"at\":\"2026-03-04T10:00:00Z\",\"to\":\"Schmidt\"}";
        assertThat(record(id, "hand-over", "watcher-2", given.replace(SHA, "x")))
                .isEqualTo("approve.form");
        assertThat(record(id, "hand-over", "watcher-2", given)).isEqualTo("COMPLETED");
        assertThat(request(id).history().get(2).form()).isEqualTo(given);
    }
}
