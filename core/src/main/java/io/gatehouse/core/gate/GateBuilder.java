package io.gatehouse.core.gate;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.evidence.FaceEvidence;
import io.gatehouse.core.evidence.ManualEvidence;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Collects the ports of a {@link Gate}. Decider, driver and ledger are required. Not thread-safe. */
public final class GateBuilder {
    final Portal portal;
    final Direction direction;
    private Identifier<FaceEvidence> faces = Identifiers.none();
    private Identifier<CodeEvidence> codes = Identifiers.none();
    private Identifier<CardEvidence> cards = Identifiers.none();
    private Identifier<ManualEvidence> guards = Identifiers.none();

    @Nullable
    Decider decider;

    Redemptions redemptions = new NoRedemptions();
    Confirmation confirmation = Confirmation.byBoard();

    @Nullable
    PortalDriver driver;

    @Nullable
    EventSink ledger;

    LedgerFailure onLedgerFailure = LedgerFailure.REFUSE;
    InstantSource clock = InstantSource.system();
    LongSupplier nanoTime = System::nanoTime;
    Executor emergencyRecording = task -> new Thread(task, "gatehouse-emergency-record").start();

    GateBuilder(Portal portal, Direction direction) {
        this.portal = Objects.requireNonNull(portal, "portal");
        this.direction = Objects.requireNonNull(direction, "direction");
    }

    public GateBuilder faces(Identifier<FaceEvidence> identifier) {
        faces = Objects.requireNonNull(identifier, "identifier");
        return this;
    }

    public GateBuilder codes(Identifier<CodeEvidence> identifier) {
        codes = Objects.requireNonNull(identifier, "identifier");
        return this;
    }

    public GateBuilder cards(Identifier<CardEvidence> identifier) {
        cards = Objects.requireNonNull(identifier, "identifier");
        return this;
    }

    /** Takes a guard's word. */
    public GateBuilder guards(Identifier<ManualEvidence> identifier) {
        guards = Objects.requireNonNull(identifier, "identifier");
        return this;
    }

    public GateBuilder decider(Decider value) {
        decider = Objects.requireNonNull(value, "decider");
        return this;
    }

    /** Without it, single-use credentials are refused. */
    public GateBuilder redemptions(Redemptions value) {
        redemptions = Objects.requireNonNull(value, "redemptions");
        return this;
    }

    /** What counts as proof that somebody passed here; the board's answer unless said otherwise. */
    public GateBuilder confirmation(Confirmation value) {
        confirmation = Objects.requireNonNull(value, "confirmation");
        return this;
    }

    public GateBuilder driver(PortalDriver value) {
        driver = Objects.requireNonNull(value, "driver");
        return this;
    }

    /** Where the gate's story is recorded: a ledger, or the outbox of a gate whose ledger is elsewhere. */
    public GateBuilder ledger(EventSink value) {
        ledger = Objects.requireNonNull(value, "ledger");
        return this;
    }

    /** What happens when a granted decision cannot be recorded; {@link LedgerFailure#REFUSE} unless said otherwise. */
    public GateBuilder onLedgerFailure(LedgerFailure value) {
        onLedgerFailure = Objects.requireNonNull(value, "onLedgerFailure");
        return this;
    }

    /** The gate's time; the system's unless said otherwise. */
    public GateBuilder clock(InstantSource value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** What stages are timed with, in nanoseconds; {@link System#nanoTime} unless said otherwise. */
    public GateBuilder nanoTime(LongSupplier value) {
        nanoTime = Objects.requireNonNull(value, "nanoTime");
        return this;
    }

    /**
     * Where emergencies are recorded after the door was told; a new thread each unless said otherwise, so that a ledger
     * that hangs holds nobody up. {@code Runnable::run} records before the call returns.
     */
    public GateBuilder emergencyRecording(Executor value) {
        emergencyRecording = Objects.requireNonNull(value, "emergencyRecording");
        return this;
    }

    /**
     * The gate.
     *
     * @throws NullPointerException if a required port is missing; the message names it
     */
    public Gate build() {
        return new Gate(this);
    }

    Identifiers identifiers() {
        return new Identifiers(faces, codes, cards, guards);
    }
}
