package io.gatehouse.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.gate.Confirmation.Verdict;
import io.gatehouse.core.gate.PassageSensor.Sighting;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What counts as proof that somebody passed, and what becomes of a single-use credential by it. */
class GateConfirmationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Portal PORTAL =
            new Portal(PortalId.of("north"), "North", PortalKind.TURNSTILE, ZoneCode.OUTSIDE, ZoneCode.of("hall"));
    private static final Evidence CODE = CodeEvidence.ofText("a code", NOW, "scanner");
    private static final Reason SAID = Reason.of("test.board", "The board says so.");
    private static final Actuation DONE = new Actuation.Done();
    private static final Actuation FAILED = new Actuation.Failed(SAID);
    private static final Actuation SILENT = new Actuation.NoAnswer(SAID);

    private final List<String> story = new ArrayList<>();
    private final List<LedgerEvent> events = new ArrayList<>();

    private final Redemptions redemptions = new Redemptions() {
        @Override
        public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) {
            story.add("reserve");
            return Optional.empty();
        }

        @Override
        public void confirm(RedemptionKey key, PortalId portal, Instant at) {
            story.add("confirm");
        }

        @Override
        public void giveBack(RedemptionKey key, PortalId portal) {
            story.add("give back");
        }
    };

    private record Board(Actuation answer) implements PortalDriver {
        @Override
        public Actuation open() {
            return answer;
        }

        @Override
        public Actuation release() {
            return answer;
        }

        @Override
        public Actuation reset() {
            return answer;
        }
    }

    private Passage present(Confirmation confirmation, Actuation answer) {
        story.clear();
        events.clear();
        return Gate.builder(PORTAL, Direction.ENTRY)
                .codes((evidence, checkpost) -> new Identity.Known(
                        PersonId.of("anna"),
                        Method.CODE,
                        Double.POSITIVE_INFINITY,
                        Optional.of(new RedemptionKey("once", NOW.plusSeconds(60)))))
                .decider(request -> Decision.Granted.by("staff"))
                .redemptions(redemptions)
                .confirmation(confirmation)
                .driver(new Board(answer))
                .ledger(event -> {
                    story.add("record " + event.kind());
                    events.add(event);
                })
                .clock(InstantSource.fixed(NOW))
                .build()
                .present(CODE);
    }

    @Test
    void theDeciderIsToldOnceWhatBecameOfWhatItGranted() {
        assertThat(told(DONE, redemptions, event -> {})).containsExactly(Verdict.CONFIRMED);
        assertThat(told(FAILED, redemptions, event -> {})).containsExactly(Verdict.NOT_PASSED);
        assertThat(told(SILENT, redemptions, event -> {})).containsExactly(Verdict.UNKNOWN);
        assertThat(told(DONE, new NoRedemptions(), event -> {}))
                .as("the credential cannot be taken")
                .containsExactly(Verdict.NOT_PASSED);
        assertThat(told(DONE, redemptions, event -> {
                    throw new IOException("disk full");
                }))
                .as("the record cannot be written")
                .containsExactly(Verdict.NOT_PASSED);
    }

    private static List<Verdict> told(Actuation answer, Redemptions redemptions, EventSink ledger) {
        List<Verdict> told = new ArrayList<>();
        Decider counting = new Decider() {
            @Override
            public Decision decide(AccessRequest request) {
                return Decision.Granted.by("staff");
            }

            @Override
            public void settle(AccessRequest request, Verdict verdict) {
                told.add(verdict);
                throw new IllegalStateException("a decider that fails here changes nothing");
            }
        };
        Gate.builder(PORTAL, Direction.ENTRY)
                .codes((evidence, checkpost) -> new Identity.Known(
                        PersonId.of("anna"),
                        Method.CODE,
                        Double.POSITIVE_INFINITY,
                        Optional.of(new RedemptionKey("once", NOW.plusSeconds(60)))))
                .decider(counting)
                .redemptions(redemptions)
                .driver(new Board(answer))
                .ledger(ledger)
                .build()
                .present(CODE);
        return told;
    }

    private Optional<String> recorded() {
        LedgerEvent outcome = events.get(1);
        assertThat(outcome.kind()).isEqualTo(EventKind.OUTCOME);
        return Optional.ofNullable(outcome.facts().get(Verdict.FACT));
    }

    @Test
    @DisplayName("by the board: confirmed on done, given back on failed, kept on no answer")
    void goesByTheBoardsAnswer() {
        assertThat(present(Confirmation.byBoard(), DONE).passed()).hasValue(Verdict.CONFIRMED);
        assertThat(story).containsExactly("reserve", "record gate.decision", "confirm", "record gate.outcome");
        assertThat(recorded()).isEmpty();
        assertThat(present(Confirmation.byBoard(), FAILED).passed()).hasValue(Verdict.NOT_PASSED);
        assertThat(story).containsExactly("reserve", "record gate.decision", "give back", "record gate.outcome");
        assertThat(present(Confirmation.byBoard(), SILENT).passed()).hasValue(Verdict.UNKNOWN);
        assertThat(story).containsExactly("reserve", "record gate.decision", "record gate.outcome");
        assertThat(recorded()).isEmpty();
    }

    @Test
    @DisplayName("a board that never answers: the use is confirmed and recorded as assumed")
    void recordsAsAssumedWhatABoardThatNeverAnswersDid() {
        Passage passage = present(Confirmation.assumed(), SILENT);
        assertThat(passage.passed()).hasValue(Verdict.ASSUMED);
        assertThat(passage.isOpened()).isFalse();
        assertThat(story).containsExactly("reserve", "record gate.decision", "confirm", "record gate.outcome");
        assertThat(recorded()).hasValue("assumed");
        assertThat(events.get(1).facts()).containsEntry("actuation", "no-answer");
    }

    @Test
    void assumesNothingWhereTheBoardSaysThatItFailed() {
        assertThat(present(Confirmation.assumed(), FAILED).passed()).hasValue(Verdict.NOT_PASSED);
        assertThat(story).contains("give back").doesNotContain("confirm");
        assertThat(present(Confirmation.assumed(), DONE).passed()).hasValue(Verdict.CONFIRMED);
        assertThat(recorded()).isEmpty();
    }

    @Test
    @DisplayName("by a passage sensor: what it saw counts, also where the board says done or nothing")
    void goesByThePassageSensor() {
        Confirmation saw = Confirmation.bySensor(checkpost -> Sighting.PASSED);
        assertThat(present(saw, SILENT).passed()).hasValue(Verdict.CONFIRMED);
        assertThat(story).contains("confirm");
        assertThat(recorded()).hasValue("confirmed");

        Confirmation nobody = Confirmation.bySensor(checkpost -> Sighting.NOBODY);
        assertThat(present(nobody, DONE).passed()).hasValue(Verdict.NOT_PASSED);
        assertThat(story).contains("give back").doesNotContain("confirm");
        assertThat(recorded()).hasValue("not-passed");

        Confirmation broken = Confirmation.bySensor(checkpost -> Sighting.NO_ANSWER);
        assertThat(present(broken, DONE).passed()).hasValue(Verdict.UNKNOWN);
        assertThat(story).doesNotContain("give back", "confirm");
        assertThat(recorded()).hasValue("unknown");
    }

    @Test
    void doesNotAskTheSensorWhereTheBoardSaysThatItFailed() {
        Confirmation sensor = Confirmation.bySensor(checkpost -> {
            throw new AssertionError("nobody can pass a door that stayed shut");
        });
        assertThat(present(sensor, FAILED).passed()).hasValue(Verdict.NOT_PASSED);
    }

    @Test
    void keepsTheCredentialWhenTheSensorFails() {
        Confirmation sensor = Confirmation.bySensor(checkpost -> {
            throw new IllegalStateException("a fault in the sensor");
        });
        Passage passage = present(sensor, DONE);
        assertThat(passage.passed()).hasValue(Verdict.UNKNOWN);
        assertThat(passage.recording()).isEqualTo(Passage.Recording.COMPLETE);
        assertThat(story).containsExactly("reserve", "record gate.decision", "record gate.outcome");
    }

    @Test
    void saysNothingOfAPassageWhereNobodyWasLetIn() {
        Passage denied = Gate.builder(PORTAL, Direction.ENTRY)
                .decider(request -> Decision.Granted.by("staff"))
                .driver(new Board(DONE))
                .ledger(events::add)
                .build()
                .present(CODE);
        assertThat(denied.passed()).isEmpty();
    }
}
