package io.gatehouse.core.gate;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.gate.Confirmation.Verdict;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Identity.Known;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.reason.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One portal in one direction: takes what was presented all the way to a moved door and a record. It knows the order
 * of the stages and nothing else; each stage is a port. Thread-safe if its ports are; presentations at one gate are
 * handled one after the other, as people pass it.
 *
 * <p>The order is the promise: the decision is durable before the door moves, a single-use credential is reserved
 * before that, and what the door answered, and whether somebody passed, is recorded afterwards. An error in any stage is a denial with a reason,
 * never an open door; that includes a native library that does not load. An emergency release moves the door first and
 * is recorded when that is possible.
 */
public final class Gate {
    private static final Logger LOG = System.getLogger(Gate.class.getName());

    private final Portal portal;
    private final Direction direction;
    private final Identifiers identifiers;
    private final Decider decider;
    private final SingleUse singleUse;
    private final Confirmation confirmation;
    private final PortalDriver driver;
    private final GateRecorder recorder;
    private final LedgerFailure onLedgerFailure;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Executor emergencyRecording;

    Gate(GateBuilder parts) {
        this.portal = parts.portal;
        this.direction = parts.direction;
        this.identifiers = parts.identifiers();
        this.decider = Objects.requireNonNull(parts.decider, "a gate needs a decider");
        this.singleUse = new SingleUse(parts.redemptions, portal.id());
        this.confirmation = parts.confirmation;
        this.driver = Objects.requireNonNull(parts.driver, "a gate needs a portal driver");
        this.recorder = new GateRecorder(Objects.requireNonNull(parts.ledger, "a gate needs a ledger"));
        this.onLedgerFailure = parts.onLedgerFailure;
        this.clock = parts.clock;
        this.nanoTime = parts.nanoTime;
        this.emergencyRecording = parts.emergencyRecording;
    }

    /** Collects the ports of a gate. */
    public static GateBuilder builder(Portal portal, Direction direction) {
        return new GateBuilder(portal, direction);
    }

    /**
     * Somebody presents something: identifies, decides, records, opens and records what the door said. A guard's word is
     * recorded with the guard, sealed with what else is personal.
     */
    public synchronized Passage present(Evidence evidence) {
        Objects.requireNonNull(evidence, "evidence");
        StageTimer timer = new StageTimer(nanoTime);
        Checkpost checkpost = new Checkpost(portal, direction, clock.instant());
        UUID passageId = UUID.randomUUID();

        Identity identity = timer.identifying(() -> identify(evidence, checkpost));
        Decision wanted = timer.deciding(() -> reserve(identity, decide(identity, checkpost), checkpost));
        boolean recorded = timer.recording(() -> recorder.decision(passageId, checkpost, evidence, identity, wanted));
        Decision decision = recorded ? wanted : withoutRecord(identity, wanted, checkpost);
        Optional<Movement> movement =
                decision.isGranted() ? Optional.of(timer.actuating(() -> open(checkpost))) : Optional.empty();
        boolean outcomeRecorded =
                timer.recording(() -> movement.isEmpty() || record(passageId, checkpost, identity, movement.get()));

        Passage.Recording recording = !recorded
                ? Passage.Recording.NONE
                : outcomeRecorded ? Passage.Recording.COMPLETE : Passage.Recording.DECISION_ONLY;
        return new Passage(
                checkpost,
                identity,
                decision,
                movement.map(Movement::answer),
                movement.map(Movement::verdict),
                recording,
                timer.times());
    }

    /**
     * Releases the portal for an emergency: free passage until {@link #reset}. Waits for no other presentation and not
     * for the ledger; that it could not be recorded is logged.
     */
    public Actuation release(String cause) {
        Actuation answer = move(driver::release);
        recordEmergency("release", cause, Optional.empty(), answer);
        return answer;
    }

    /** Ends a release by hand. */
    public Actuation reset(PersonId guard) {
        Actuation answer = move(driver::reset);
        recordEmergency("reset", "by hand", Optional.of(guard), answer);
        return answer;
    }

    /** A ledger that hangs must not hold up whoever releases one door after another. */
    private void recordEmergency(String command, String cause, Optional<PersonId> guard, Actuation answer) {
        Instant at = clock.instant();
        try {
            emergencyRecording.execute(() -> recorder.emergency(portal, at, command, cause, guard, answer));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the " + command + " of " + portal.id() + " could not be recorded", e);
        }
    }

    public Portal portal() {
        return portal;
    }

    private Identity identify(Evidence evidence, Checkpost checkpost) {
        try {
            return Objects.requireNonNull(identifiers.identify(evidence, checkpost), "identity");
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "identification by " + evidence.method() + " failed at " + portal.id(), e);
            return new Identity.Unknown(
                    evidence.method(),
                    Reason.of(
                            "gate.identification-failed", "The reader has a fault: use another way or ask the guard."));
        }
    }

    private Decision decide(Identity identity, Checkpost checkpost) {
        return identity.fold(
                known -> decide(known, checkpost),
                unknown -> Decision.Denied.because(unknown.reason()),
                ambiguous -> Decision.Denied.because(Reason.format(
                        "gate.ambiguous",
                        "%d people fit too closely to tell them apart: use another way.",
                        ambiguous.candidates().size())));
    }

    private Decision decide(Known known, Checkpost checkpost) {
        try {
            return Objects.requireNonNull(
                    decider.decide(new AccessRequest(known, portal, direction, checkpost.at())), "decision");
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "the decision failed at " + portal.id(), e);
            return Decision.Denied.because(
                    Reason.of("gate.decision-failed", "The rules could not be evaluated: ask the guard."));
        }
    }

    /** A granted passage whose credential cannot be taken is none, and its place is given back. */
    private Decision reserve(Identity identity, Decision decision, Checkpost checkpost) {
        Decision reserved = singleUse.reserve(identity, decision, checkpost);
        if (decision.isGranted() && !reserved.isGranted()) {
            settle(identity, checkpost, Verdict.NOT_PASSED);
        }
        return reserved;
    }

    /** A decider that fails here keeps what it reserved until that expires. */
    private void settle(Identity identity, Checkpost checkpost, Verdict verdict) {
        try {
            if (identity instanceof Known known) {
                decider.settle(new AccessRequest(known, portal, direction, checkpost.at()), verdict);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "the decider could not settle a passage at " + portal.id(), e);
        }
    }

    private Decision withoutRecord(Identity identity, Decision wanted, Checkpost checkpost) {
        if (!wanted.isGranted() || onLedgerFailure == LedgerFailure.OPEN_UNRECORDED) {
            return wanted;
        }
        singleUse.giveBack(identity);
        settle(identity, checkpost, Verdict.NOT_PASSED);
        return Decision.Denied.because(Reason.of(
                "gate.ledger-unavailable", "The record cannot be written and this portal opens only with one."));
    }

    /** What the door did, and whether somebody passed. */
    private record Movement(Actuation answer, Verdict verdict) {}

    private Movement open(Checkpost checkpost) {
        Actuation answer = move(driver::open);
        try {
            return new Movement(answer, Objects.requireNonNull(confirmation.after(answer, checkpost), "verdict"));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "whether somebody passed " + portal.id() + " could not be found out", e);
            return new Movement(answer, Verdict.UNKNOWN);
        }
    }

    private boolean record(UUID passageId, Checkpost checkpost, Identity identity, Movement movement) {
        singleUse.settle(identity, movement.verdict(), checkpost);
        settle(identity, checkpost, movement.verdict());
        return recorder.outcome(passageId, checkpost, identity, movement.answer(), movement.verdict());
    }

    private Actuation move(Supplier<Actuation> command) {
        try {
            return Objects.requireNonNull(command.get(), "actuation");
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "the driver of " + portal.id() + " failed", e);
            return new Actuation.NoAnswer(
                    Reason.of("gate.driver-failed", "The door's driver has a fault: it may or may not have moved."));
        }
    }
}
