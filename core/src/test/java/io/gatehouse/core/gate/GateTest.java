package io.gatehouse.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.evidence.ManualEvidence;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final PersonId ANNA = PersonId.of("anna");
    private static final Portal PORTAL =
            new Portal(PortalId.of("north"), "North", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));
    private static final Evidence CODE = CodeEvidence.ofText("a code", NOW, "scanner");
    private static final Reason BROKEN = Reason.of("test.broken", "It is broken.");
    private static final RedemptionKey KEY = new RedemptionKey("once", NOW.plusSeconds(60));

    /** What the ports did, in order. */
    private final List<String> story = new CopyOnWriteArrayList<>();

    private final RecordingLedger ledger = new RecordingLedger();
    private final RecordingRedemptions redemptions = new RecordingRedemptions();
    private Actuation doorSays = new Actuation.Done();

    private class RecordingLedger implements Ledger {
        final List<LedgerEvent> events = new CopyOnWriteArrayList<>();
        boolean failsOnDecisions;
        boolean failsOnOutcomes;

        @Override
        public LedgerEntry append(LedgerEvent event) throws IOException {
            boolean isDecision = event.kind().equals(EventKind.DECISION);
            if (isDecision ? failsOnDecisions : failsOnOutcomes) {
                throw new IOException("the disk is full");
            }
            events.add(event);
            story.add("record " + event.kind());
            return new LedgerEntry(events.size() - 1L, NOW, event, "");
        }

        @Override
        public long size() {
            return events.size();
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) {
            return List.of();
        }

        @Override
        public Checkpoint checkpoint() {
            throw new UnsupportedOperationException("not needed here");
        }
    }

    private class RecordingRedemptions implements Redemptions {
        Optional<Reason> refusal = Optional.empty();
        boolean fails;

        @Override
        public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) throws IOException {
            if (fails) {
                throw new IOException("the disk is full");
            }
            story.add("reserve");
            return refusal;
        }

        @Override
        public void confirm(RedemptionKey key, PortalId portal, Instant at) throws IOException {
            if (fails) {
                throw new IllegalStateException("a fault");
            }
            story.add("confirm");
        }

        @Override
        public void giveBack(RedemptionKey key, PortalId portal) {
            story.add("give back");
        }
    }

    private PortalDriver door() {
        return new PortalDriver() {
            @Override
            public Actuation open() {
                story.add("open");
                return doorSays;
            }

            @Override
            public Actuation release() {
                story.add("release");
                return doorSays;
            }

            @Override
            public Actuation reset() {
                story.add("reset");
                return doorSays;
            }
        };
    }

    private GateBuilder gate() {
        return Gate.builder(PORTAL, Direction.ENTRY)
                .codes((evidence, checkpost) -> Identity.Known.of(ANNA, Method.CODE, Double.POSITIVE_INFINITY))
                .decider(request -> Decision.Granted.by("staff"))
                .redemptions(redemptions)
                .driver(door())
                .ledger(ledger)
                .clock(InstantSource.fixed(NOW))
                .emergencyRecording(Runnable::run);
    }

    private GateBuilder gateForSingleUse() {
        return gate().codes((evidence, checkpost) ->
                new Identity.Known(ANNA, Method.CODE, Double.POSITIVE_INFINITY, Optional.of(KEY)));
    }

    private static String reason(Passage passage) {
        return passage.decision()
                .fold(granted -> "granted", denied -> denied.reasons().get(0).code());
    }

    @Test
    void recordsTheDecisionBeforeTheDoorMovesAndItsAnswerAfterwards() {
        Passage passage = gate().build().present(CODE);
        assertThat(passage.isOpened()).isTrue();
        assertThat(passage.recording()).isEqualTo(Passage.Recording.COMPLETE);
        assertThat(story).containsExactly("record gate.decision", "open", "record gate.outcome");
        LedgerEvent decision = ledger.events.get(0);
        assertThat(decision.person()).hasValue(ANNA);
        assertThat(decision.facts()).containsEntry("decision", "granted").containsEntry("rules", "staff");
        LedgerEvent outcome = ledger.events.get(1);
        assertThat(outcome.zone()).hasValue(ZoneCode.of("hall"));
        assertThat(outcome.facts())
                .containsEntry("passage", decision.id().toString())
                .containsEntry("actuation", "done");
    }

    @Test
    void deniesWhenTheIdentifierFails() {
        Passage passage = gate().codes((evidence, checkpost) -> {
                    throw new IllegalStateException("a fault in the reader");
                })
                .build()
                .present(CODE);
        assertThat(reason(passage)).isEqualTo("gate.identification-failed");
        assertThat(story).containsExactly("record gate.decision");
    }

    @Test
    void deniesWhenTheDeciderFails() {
        Passage passage = gate().decider(request -> {
                    throw new IllegalStateException("a fault in the rules");
                })
                .build()
                .present(CODE);
        assertThat(reason(passage)).isEqualTo("gate.decision-failed");
        assertThat(story).containsExactly("record gate.decision");
    }

    @Test
    void deniesUnknownAndAmbiguousIdentitiesAndEvidenceItHasNoReaderFor() {
        Passage unknown = gate().codes((evidence, checkpost) -> new Identity.Unknown(Method.CODE, BROKEN))
                .build()
                .present(CODE);
        Passage ambiguous = gate().codes(
                        (evidence, checkpost) -> new Identity.Ambiguous(Method.CODE, List.of(ANNA, PersonId.of("ben"))))
                .build()
                .present(CODE);
        Passage card = gate().build().present(new CardEvidence("H10301", 1, 2, NOW, "reader"));
        assertThat(reason(unknown)).isEqualTo("test.broken");
        assertThat(reason(ambiguous)).isEqualTo("gate.ambiguous");
        assertThat(reason(card)).isEqualTo("gate.method-not-taken");
        assertThat(story).doesNotContain("open");
        assertThat(ledger.events).hasSize(3).allMatch(event -> event.person().isEmpty());
    }

    @Test
    void refusesUnrecordedPassagesUnlessTheyAreAllowed() {
        ledger.failsOnDecisions = true;
        Passage refused = gateForSingleUse().build().present(CODE);
        assertThat(reason(refused)).isEqualTo("gate.ledger-unavailable");
        assertThat(refused.recording()).isEqualTo(Passage.Recording.NONE);
        assertThat(story).containsExactly("reserve", "give back");

        story.clear();
        ledger.failsOnOutcomes = true;
        Passage opened = gateForSingleUse()
                .onLedgerFailure(LedgerFailure.OPEN_UNRECORDED)
                .build()
                .present(CODE);
        assertThat(opened.isOpened()).isTrue();
        assertThat(opened.recording()).isEqualTo(Passage.Recording.NONE);
        assertThat(story).containsExactly("reserve", "open", "confirm");
    }

    @Test
    void saysThatOnlyTheDecisionIsRecorded() {
        ledger.failsOnOutcomes = true;
        Passage passage = gate().build().present(CODE);
        assertThat(passage.isOpened()).isTrue();
        assertThat(passage.recording()).isEqualTo(Passage.Recording.DECISION_ONLY);
    }

    @Test
    @DisplayName("a single-use credential is reserved before the record, and confirmed when the door opened")
    void reservesAndConfirms() {
        assertThat(gateForSingleUse().build().present(CODE).isOpened()).isTrue();
        assertThat(story).containsExactly("reserve", "record gate.decision", "open", "confirm", "record gate.outcome");
    }

    @Test
    void givesTheCredentialBackWhenTheDoorSaysThatItDidNotOpen() {
        doorSays = new Actuation.Failed(BROKEN);
        Passage passage = gateForSingleUse().build().present(CODE);
        assertThat(passage.isOpened()).isFalse();
        assertThat(story)
                .containsExactly("reserve", "record gate.decision", "open", "give back", "record gate.outcome");
        assertThat(ledger.events.get(1).facts()).containsEntry("reason", "test.broken");
    }

    @Test
    void keepsTheCredentialReservedWhenTheDoorDoesNotAnswer() {
        doorSays = new Actuation.NoAnswer(BROKEN);
        assertThat(gateForSingleUse().build().present(CODE).isOpened()).isFalse();
        assertThat(story).containsExactly("reserve", "record gate.decision", "open", "record gate.outcome");
        assertThat(ledger.events.get(1).facts()).containsEntry("actuation", "no-answer");
    }

    @Test
    void takesADriverThatFailsForNoAnswer() {
        Passage passage = gateForSingleUse()
                .driver(new PortalDriver() {
                    @Override
                    public Actuation open() {
                        throw new IllegalStateException("a fault in the driver");
                    }

                    @Override
                    public Actuation release() {
                        return open();
                    }

                    @Override
                    public Actuation reset() {
                        return open();
                    }
                })
                .build()
                .present(CODE);
        assertThat(passage.isOpened()).isFalse();
        assertThat(passage.actuation().orElseThrow()).isInstanceOf(Actuation.NoAnswer.class);
        assertThat(story).doesNotContain("give back", "confirm");
    }

    @Test
    void deniesAUsedCredentialAndOneThatCannotBeReserved() {
        redemptions.refusal = Optional.of(Reason.of("code.used", "It was used."));
        assertThat(reason(gateForSingleUse().build().present(CODE))).isEqualTo("code.used");
        redemptions.fails = true;
        assertThat(reason(gateForSingleUse().build().present(CODE))).isEqualTo("gate.redemption-failed");
        Redemptions faulty = new RecordingRedemptions() {
            @Override
            public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) {
                throw new IllegalStateException("a fault");
            }
        };
        assertThat(reason(gateForSingleUse().redemptions(faulty).build().present(CODE)))
                .isEqualTo("gate.redemption-failed");
        assertThat(story).doesNotContain("open");
    }

    @Test
    void deniesSingleUseCredentialsWhereNoRecordOfThemIsKept() {
        Passage passage = Gate.builder(PORTAL, Direction.ENTRY)
                .codes((evidence, checkpost) -> new Identity.Known(ANNA, Method.CODE, 40, Optional.of(KEY)))
                .decider(request -> Decision.Granted.by("staff"))
                .driver(door())
                .ledger(ledger)
                .build()
                .present(CODE);
        assertThat(reason(passage)).isEqualTo("gate.single-use-not-taken");
        assertThat(story).containsExactly("record gate.decision");
    }

    @Test
    void recordsTheOutcomeAlsoWhenTheConfirmationFails() {
        Redemptions faulty = new RecordingRedemptions() {
            @Override
            public void confirm(RedemptionKey key, PortalId portal, Instant at) {
                throw new IllegalStateException("a fault");
            }
        };
        Passage passage = gateForSingleUse().redemptions(faulty).build().present(CODE);
        assertThat(passage.isOpened()).isTrue();
        assertThat(passage.recording()).isEqualTo(Passage.Recording.COMPLETE);
    }

    @Test
    void reservesNothingForWhoIsDenied() {
        gateForSingleUse()
                .decider(request -> Decision.Denied.because(BROKEN))
                .build()
                .present(CODE);
        assertThat(story).containsExactly("record gate.decision");
        assertThat(ledger.events.get(0).facts())
                .containsEntry("decision", "denied")
                .containsEntry("reasons", "test.broken");
    }

    @Test
    @DisplayName("an emergency release works with a broken ledger")
    void releasesWithABrokenLedger() {
        ledger.failsOnOutcomes = true;
        Gate gate = gate().build();
        assertThat(gate.release("fire").isDone()).isTrue();
        assertThat(gate.release("x".repeat(5_000)).isDone()).isTrue();
        assertThat(story).containsExactly("release", "release");
    }

    @Test
    void recordsReleaseAndReset() {
        Gate gate = gate().build();
        gate.release("fire");
        gate.reset(ANNA);
        assertThat(story).containsExactly("release", "record gate.emergency", "reset", "record gate.emergency");
        assertThat(ledger.events.get(0).facts()).containsEntry("cause", "fire").containsEntry("command", "release");
        assertThat(ledger.events.get(1).person()).hasValue(ANNA);
    }

    @Test
    @Timeout(60)
    @DisplayName("an emergency release waits neither for a presentation nor for a ledger that hangs")
    void releasesWhileAPresentationIsBlockedInTheLedger() throws Exception {
        CountDownLatch inLedger = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Ledger hanging = new RecordingLedger() {
            @Override
            public LedgerEntry append(LedgerEvent event) throws IOException {
                inLedger.countDown();
                try {
                    assertThat(goOn.await(50, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.append(event);
            }
        };
        List<Thread> recorders = new ArrayList<>();
        Gate gate = gate().ledger(hanging)
                .emergencyRecording(task -> {
                    Thread recorder = new Thread(task);
                    recorders.add(recorder);
                    recorder.start();
                })
                .build();
        Thread presenting = new Thread(() -> gate.present(CODE));
        presenting.start();
        assertThat(inLedger.await(50, TimeUnit.SECONDS)).isTrue();

        assertThat(gate.release("fire").isDone()).isTrue();
        assertThat(story).containsExactly("release");

        goOn.countDown();
        presenting.join();
        for (Thread recorder : recorders) {
            recorder.join();
        }
        assertThat(story).contains("open", "record gate.emergency");
    }

    @Test
    void recordsAnEmergencyWhoseCauseIsTooLongForTheLedger() {
        gate().build().release("x".repeat(5_000));
        assertThat(ledger.events).hasSize(1);
        assertThat(ledger.events.get(0).facts().get("cause")).startsWith("xxx").endsWith("…");
    }

    @Test
    void opensAndRecordsWhenMoreRulesGrantThanTheLedgerTakesCharacters() {
        List<String> rules = IntStream.range(0, 200)
                .mapToObj(i -> "a-rule-with-a-rather-long-name-" + i)
                .toList();
        Passage passage = gate().decider(request -> new Decision.Granted(rules, List.of()))
                .build()
                .present(CODE);
        assertThat(passage.isOpened()).isTrue();
        assertThat(ledger.events.get(0).facts().get("rules"))
                .startsWith(rules.get(0) + ",")
                .endsWith("…");
    }

    @Test
    void recordsWhichGuardVouchedSealedWithThePerson() {
        PersonId guard = PersonId.of("guard-1");
        Passage passage = gate().guards((evidence, checkpost) ->
                        Identity.Known.of(evidence.claimed(), Method.MANUAL, Double.POSITIVE_INFINITY))
                .build()
                .present(new ManualEvidence(guard, ANNA, "passport", NOW, "desk"));
        assertThat(passage.isOpened()).isTrue();
        LedgerEvent decision = ledger.events.get(0);
        assertThat(decision.personalFacts()).containsEntry("guard", "guard-1").containsEntry("note", "passport");
        assertThat(decision.facts().values()).noneMatch(value -> value.contains("guard-1"));
    }

    @Test
    void takesALibraryThatDoesNotLoadForAFaultOfItsStage() {
        Passage unidentified = gate().codes((evidence, checkpost) -> {
                    throw new UnsatisfiedLinkError("no such library");
                })
                .build()
                .present(CODE);
        assertThat(reason(unidentified)).isEqualTo("gate.identification-failed");
        Passage undecided = gate().decider(request -> {
                    throw new NoClassDefFoundError("a/Class");
                })
                .build()
                .present(CODE);
        assertThat(reason(undecided)).isEqualTo("gate.decision-failed");
        assertThat(story).doesNotContain("open");
    }

    @Test
    void addsUpTheTimesOfItsStages() {
        AtomicLong ticks = new AtomicLong();
        Passage passage = gate().nanoTime(() -> ticks.getAndAdd(1_000)).build().present(CODE);
        assertThat(passage.times().identify()).hasNanos(1_000);
        assertThat(passage.times().record()).hasNanos(2_000);
        assertThat(passage.times().total()).hasNanos(5_000);
    }

    @Test
    void namesThePortThatIsMissing() {
        assertThatNullPointerException()
                .isThrownBy(() -> Gate.builder(PORTAL, Direction.EXIT).build())
                .withMessageContaining("decider");
    }
}
