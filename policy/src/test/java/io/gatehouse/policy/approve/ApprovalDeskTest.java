package io.gatehouse.policy.approve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.policy.approve.chain.Chain;
import io.gatehouse.policy.approve.chain.ChainDocument;
import io.gatehouse.policy.document.DocumentSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApprovalDeskTest extends DeskFixture {
    private static final String TWO = """
              - {id: one, approve: [superior]}
              - {id: two, approve: [{head-of: hr}]}
            """;

    @Test
    @DisplayName("ATT-21 of any, the first answer counts; of all, each must approve; of some, so many")
    void countsVotes() throws IOException {
        house.roles.put("board", Set.of("a", "b", "c"));
        desk = desk("  - {id: s, approve: [{role: board}], need: any}\n");
        assertThat(approve(submit("c", "li", "{}"), "s", "b")).isEqualTo("COMPLETED");
        assertThat(refuse(submit("c", "li", "{}"), "s", "b")).isEqualTo("REJECTED");

        desk = desk("  - {id: s, approve: [{role: board}], need: all}\n");
        UUID all = submit("c", "li", "{}");
        assertThat(approve(all, "s", "a")).isEqualTo("PENDING");
        assertThat(approve(all, "s", "a")).isEqualTo("approve.twice");
        assertThat(approve(all, "s", "b")).isEqualTo("PENDING");
        assertThat(approve(all, "s", "c")).isEqualTo("COMPLETED");
        UUID one = submit("c", "li", "{}");
        approve(one, "s", "a");
        assertThat(refuse(one, "s", "b")).isEqualTo("REJECTED");

        desk = desk("  - {id: s, approve: [{role: board}], need: {some: 2}}\n");
        UUID some = submit("c", "li", "{}");
        assertThat(refuse(some, "s", "a")).isEqualTo("PENDING");
        assertThat(approve(some, "s", "b")).isEqualTo("PENDING");
        assertThat(approve(some, "s", "c")).isEqualTo("COMPLETED");
        UUID refused = submit("c", "li", "{}");
        assertThat(refuse(refused, "s", "a")).isEqualTo("PENDING");
        assertThat(refuse(refused, "s", "b")).isEqualTo("REJECTED");
    }

    @Test
    @DisplayName(
            "ATT-21 nobody decides twice in one chain: where the superior is the head as well, the fallback is found at once")
    void nobodyDecidesTwice() throws IOException {
        house.heads.put("hr", "team-lead");
        desk = desk(TWO);
        UUID id = submit("c", "li", "{}");
        assertThat(request(id).fallbacks()).containsExactly("two");
        approve(id, "one", "team-lead");
        assertThat(approve(id, "two", "team-lead")).isEqualTo("approve.twice");
        assertThat(request(id).tasks().get(0).isFallback()).isTrue();
        assertThat(approve(id, "two", "deputy")).isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName(
            "ATT-21 no superior, a circular delegation, everybody absent: found when the request is made, goes to the fallback")
    void whereNobodyCanTheFallbackDoes() throws IOException {
        desk = desk("  - {id: one, approve: [superior]}\n");
        house.superiors.remove("li");
        assertThat(request(submit("c", "li", "{}")).fallbacks())
                .as("no superior")
                .containsExactly("one");

        house.superiors.put("li", "team-lead");
        house.absent.addAll(Set.of("team-lead", "wang"));
        house.delegates.putAll(Map.of("team-lead", "wang", "wang", "team-lead"));
        UUID circle = submit("c", "li", "{}");
        assertThat(request(circle).fallbacks()).as("circular").containsExactly("one");
        assertThat(asked(circle)).isEqualTo(Map.of("one", Set.of("deputy", "director")));
        assertThat(approve(circle, "one", "director")).isEqualTo("COMPLETED");

        house.delegates.clear();
        assertThat(request(submit("c", "li", "{}")).fallbacks()).as("absent").containsExactly("one");
        house.absent.addAll(Set.of("director", "deputy"));
        assertThat(submitWord("c", "li", "{}")).as("the fallback is absent too").isEqualTo("approve.nobody");
    }

    @Test
    @DisplayName("ATT-21 who is absent is stood in for, also by the delegate's delegate, but never by the requester")
    void delegatesStandIn() throws IOException {
        desk = desk("  - {id: one, approve: [superior]}\n");
        house.absent.addAll(Set.of("team-lead", "wang"));
        house.delegates.putAll(Map.of("team-lead", "wang", "wang", "zhao"));
        UUID id = submit("c", "li", "{}");
        assertThat(asked(id)).isEqualTo(Map.of("one", Set.of("zhao")));
        house.delegates.put("wang", "li");
        assertThat(asked(id))
                .as("the requester stands in for nobody")
                .isEqualTo(Map.of("one", Set.of("deputy", "director")));
        house.absent.clear();
        assertThat(approve(id, "one", "team-lead")).as("back again").isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("ATT-21 steps side by side are asked for at once, and the next only after both")
    void stepsSideBySide() throws IOException {
        desk = desk("""
                  - together:
                      - {id: one, approve: [superior]}
                      - {id: two, approve: [{head-of: hr}]}
                  - {id: three, approve: [{role: management}]}
                """);
        UUID id = submit("c", "li", "{}");
        assertThat(asked(id).keySet()).containsExactlyInAnyOrder("one", "two");
        approve(id, "two", "hr-head");
        assertThat(asked(id).keySet()).containsExactly("one");
        approve(id, "one", "team-lead");
        assertThat(asked(id).keySet()).containsExactly("three");
    }

    @Test
    @DisplayName("ATT-21 steps that the form needs are asked for, others are not")
    void conditionsDecideWhatIsNeeded() throws IOException {
        desk = desk("""
                  - {id: long, approve: [superior], when: [{field: days, above: 10}]}
                  - {id: named, approve: [{person-field: who}], when: [{field: who, is-not: nobody}]}
                  - {id: some, approve: [{head-of: hr}], when: [{field: who, one-of: [wang, nobody]}, {field: days, at-most: 10}]}
                """);
        assertThat(submitWord("c", "li", "{}")).isEqualTo("COMPLETED");
        assertThat(asked(submit("c", "li", "{\"days\":10.5}")).keySet()).containsExactly("long");
        assertThat(asked(submit("c", "li", "{\"days\":10,\"who\":\"nobody\"}")).keySet())
                .containsExactly("some");
        assertThat(asked(submit("c", "li", "{\"days\":10,\"who\":\"zhao\"}")))
                .isEqualTo(Map.of("named", Set.of("zhao")));
    }

    @Test
    @DisplayName("ATT-21 overdue by working days, others may decide as well; reminders are a query")
    void escalatesWhenOverdue() throws IOException {
        desk = desk("  - {id: one, approve: [superior], deadline: {working-days: 1, escalate-to: [own-head]}}\n");
        UUID id = submit("c", "li", "{}");
        Instant due = Instant.parse("2026-03-05T23:00:00Z");
        assertThat(desk.dueBy(due.minusSeconds(1), 10)).isEmpty();
        assertThat(desk.dueBy(due, 10)).extracting(ApprovalTask::request).containsExactly(id);
        assertThat(approve(id, "one", "sales-head")).isEqualTo("approve.not-asked");
        now = due;
        ApprovalTask task = desk.tasks(House.id("sales-head")).get(0);
        assertThat(task.isOverdue()).isTrue();
        assertThat(task.isFallback()).isFalse();
        assertThat(approve(id, "one", "sales-head")).isEqualTo("COMPLETED");
        assertThat(desk.tasks(House.id("team-lead"))).isEmpty();
    }

    @Test
    @DisplayName("ATT-21 what is sent back is changed and submitted again, and every step begins anew")
    void resubmissionBeginsAnew() throws IOException {
        desk = desk(TWO);
        UUID id = submit("c", "li", "{\"days\":1}");
        approve(id, "one", "team-lead");
        assertThatThrownBy(() -> desk.vote(id, "two", House.id("hr-head"), Vote.RETURN, " "))
                .hasMessageContaining("says why");
        assertThat(word(desk.vote(id, "two", House.id("hr-head"), Vote.RETURN, "which days?")))
                .isEqualTo("RETURNED");
        assertThat(approve(id, "two", "deputy")).isEqualTo("approve.state");
        assertThat(word(desk.resubmit(id, House.id("wang"), "{}", Map.of()))).isEqualTo("approve.not-theirs");
        assertThat(word(desk.resubmit(id, House.id("li"), "{\"days\":\"x\"}", Map.of())))
                .isEqualTo("approve.form");
        assertThat(word(desk.resubmit(id, House.id("li"), "{\"days\":2}", Map.of())))
                .isEqualTo("PENDING");
        assertThat(word(desk.resubmit(id, House.id("li"), "{\"days\":3}", Map.of())))
                .isEqualTo("approve.state");
        assertThat(request(id).form()).isEqualTo("{\"days\":2}");
        assertThat(asked(id).keySet()).containsExactly("one");
        approve(id, "one", "team-lead");
        assertThat(approve(id, "two", "hr-head")).isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("ATT-21 the requester alone takes a request back, while it is not decided")
    void requesterCancels() throws IOException {
        desk = desk(TWO);
        UUID id = submit("c", "li", "{}");
        assertThat(word(desk.cancel(id, House.id("team-lead"), "no"))).isEqualTo("approve.not-theirs");
        assertThat(word(desk.cancel(id, House.id("li"), "not needed"))).isEqualTo("CANCELLED");
        assertThat(desk.tasks(House.id("team-lead"))).isEmpty();
        assertThat(approve(id, "one", "team-lead")).isEqualTo("approve.state");
        assertThat(word(desk.cancel(id, House.id("li"), "again"))).isEqualTo("approve.state");
    }

    @Test
    @DisplayName("ATT-21 an emergency is in force by one signature, and confirmed or revoked afterwards by others")
    void emergencyIsConfirmedAfterwards() throws IOException {
        desk = desk(TWO);
        UUID id = submit("c", "li", "{}");
        assertThat(word(desk.signEmergency(id, House.id("team-lead"), "now"))).isEqualTo("approve.not-asked");
        assertThat(word(desk.signEmergency(id, House.id("hr-head"), "a death in the family")))
                .isEqualTo("EMERGENCY");
        assertThat(request(id).state().isInForce()).isTrue();
        assertThat(word(desk.signEmergency(id, House.id("hr-head"), "again"))).isEqualTo("approve.state");
        assertThat(desk.dueBy(CALENDAR.after(NOW, 2), 10))
                .extracting(ApprovalTask::step)
                .containsExactly("one");
        approve(id, "one", "team-lead");
        assertThat(approve(id, "two", "hr-head"))
                .as("who signed does not confirm")
                .isEqualTo("approve.twice");
        assertThat(approve(id, "two", "deputy")).isEqualTo("COMPLETED");

        UUID other = submit("c", "li", "{}");
        desk.signEmergency(other, House.id("hr-head"), "now");
        now = now.plus(Duration.ofDays(9));
        assertThat(request(other).tasks().get(0).isOverdue()).isTrue();
        assertThat(refuse(other, "one", "team-lead")).isEqualTo("REVOKED");
        assertThat(request(other).state().isInForce()).isFalse();
        assertThat(recorded()).contains("approval.emergency");
    }

    @Test
    @DisplayName("ATT-21 a request goes on by the version of the chain that it was made with, also after a restart")
    void goesOnByItsVersion() throws IOException {
        desk = desk(TWO);
        UUID id = submit("c", "li", "{}");
        approve(id, "one", "team-lead");
        ApprovalRequest before = request(id);
        store.close();
        open();
        desk = desk(TWO);
        assertThat(request(id)).isEqualTo(before);
        Chain newer = ChainDocument.read(DocumentSource.of("c.yaml", """
                {"chain": "c", "version": 2, "title": "Newer", "form": {"type": "object"},
                 "fallback": [{"role": "management"}], "steps": [{"id": "other", "approve": ["superior"]}]}
                """));
        ApprovalDesk alone = desk(List.of(newer));
        assertThatThrownBy(() -> alone.find(id))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 1");
        assertThat(approve(id, "two", "hr-head")).isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName(
            "ATT-8 every step is in the ledger, and neither there nor in the tables is anybody or anything said in clear")
    void isInTheLedgerAndNamesNobody() throws IOException {
        desk = desk(TWO);
        UUID id = submit("c", "li", "{\"who\":\"a-secret-name\"}");
        refuse(id, "one", "team-lead");
        assertThat(recorded()).containsExactly("approval.submitted", "approval.refused");
        var refused = ledger.entries(1, 1).get(0).event();
        assertThat(refused.person()).contains(House.id("li"));
        assertThat(refused.facts()).containsEntry("state", "rejected").containsEntry("step", "one");
        assertThat(refused.personalFacts()).containsEntry("by", "team-lead").containsEntry("note", "no");
        assertThat(ledger.entries(0, 1).get(0).event().personalFacts()).containsKey("body-sha256");
        for (String table : List.of("approval_case", "approval_step")) {
            assertThat(bytes(table)).as(table).isNotEmpty().doesNotContain("team-lead", "a-secret-name");
        }
        vault.shred(House.id("li"), ApprovalDesk.RECORDS);
        assertThat(desk.find(id)).isEmpty();
        assertThat(desk.madeBy(House.id("li"), 10)).isEmpty();
    }

    @Test
    @DisplayName("ATT-21 where nobody is left who could decide, that is told")
    void tellsOfWhatNobodyCanDecide() throws IOException {
        desk = desk("  - {id: one, approve: [superior]}\n");
        UUID id = submit("c", "li", "{}");
        assertThat(desk.stuck()).isEmpty();
        house.superiors.remove("li");
        house.roles.remove("management");
        assertThat(desk.stuck()).extracting(ApprovalTask::request).containsExactly(id);
        assertThat(word(desk.cancel(id, House.id("li"), "nobody is left"))).isEqualTo("CANCELLED");
        assertThat(desk.stuck()).isEmpty();
    }

    @Test
    @DisplayName("CAM-6 however many are to be told, all are on record")
    void recordsWhoWasToBeTold() throws IOException {
        Set<String> many = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            many.add("a-long-name-of-a-person-who-is-told-" + i);
        }
        house.roles.put("everybody", many);
        Chain chain = ChainDocument.read(DocumentSource.of("c.yaml", """
                {"chain": "c", "version": 1, "title": "T", "form": {"type": "object"}, "inform": [{"role": "everybody"}],
                 "fallback": [{"role": "management"}], "steps": [{"id": "one", "approve": ["superior"]}]}
                """));
        desk = desk(List.of(chain));
        assertThat(request(submit("c", "li", "{}")).informed())
                .hasSize(200)
                .allMatch(person -> many.contains(person.value()));
    }

    @Test
    void theSameSubmissionIsOneRequest() throws IOException {
        desk = desk(TWO);
        UUID id = UUID.randomUUID();
        desk.submit(id, "c", House.id("li"), "{}", Map.of());
        approve(id, "one", "team-lead");
        ApprovalOutcome again = desk.submit(id, "c", House.id("li"), "{}", Map.of());
        assertThat(again).isEqualTo(new ApprovalOutcome.Done(request(id)));
        assertThat(desk.madeBy(House.id("li"), 10)).hasSize(1);
    }

    @Test
    @DisplayName("ATT-21 of two who decide at the same moment one is first, and the other is told")
    void oneOfTwoIsFirst() throws IOException {
        house.roles.put("board", Set.of("a", "b"));
        desk = desk("  - {id: s, approve: [{role: board}]}\n");
        for (int i = 0; i < 10; i++) {
            UUID id = submit("c", "li", "{}");
            CompletableFuture<String> yes = CompletableFuture.supplyAsync(() -> votes(id, "a", Vote.APPROVE));
            CompletableFuture<String> no = CompletableFuture.supplyAsync(() -> votes(id, "b", Vote.REFUSE));
            assertThat(Set.of(yes.join(), no.join()))
                    .isIn(Set.of("COMPLETED", "approve.state"), Set.of("REJECTED", "approve.state"));
            assertThat(request(id).history()).hasSize(2);
        }
    }

    private String votes(UUID id, String by, Vote vote) {
        try {
            return word(desk.vote(id, "s", House.id(by), vote, "so be it"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void refusesForms() throws IOException {
        desk = desk(TWO);
        for (String form : List.of("", "[]", "{", "{} {}", "{\"days\":1,\"days\":2}", "{\"days\":\"1\"}")) {
            assertThat(submitWord("c", "li", form)).as(form).isEqualTo("approve.form");
        }
        assertThatThrownBy(() -> submit("none", "li", "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no chain 'none'");
    }

    private String bytes(String table) throws IOException {
        return store.read(connection -> {
            StringBuilder all = new StringBuilder();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        byte[] value = rows.getBytes(i);
                        all.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1));
                    }
                }
            }
            return all.toString();
        });
    }
}
