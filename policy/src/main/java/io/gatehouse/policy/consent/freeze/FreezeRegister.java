package io.gatehouse.policy.consent.freeze;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.consent.freeze.FreezeTables.Stored;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps freezes in tables of its own, which name nobody. Thread-safe; a freeze is durable and in force when {@link #freeze}
 * returns, also while the ledger cannot be written: it is recorded there later ({@link #recordPending}). Must not be
 * called within a work of the same store.
 */
public final class FreezeRegister {
    /** What the vault keeps freezes under. */
    public static final DataClass RECORDS = DataClass.of("freeze-record");

    private static final Logger LOG = System.getLogger(FreezeRegister.class.getName());
    private static final EventKind FROZEN = EventKind.of("consent.frozen");
    private static final EventKind LIFTED = EventKind.of("consent.freeze-lifted");
    private static final EventKind NOT_LIFTED = EventKind.of("consent.lift-refused");

    private final Store store;
    private final FreezeTables tables;
    private final EventSink ledger;
    private final LiftAuthority authority;
    private final InstantSource clock;

    private FreezeRegister(
            Store store, FreezeTables tables, EventSink ledger, LiftAuthority authority, InstantSource clock) {
        this.store = store;
        this.tables = tables;
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.authority = Objects.requireNonNull(authority, "authority");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Brings the tables up to date, and into the ledger what an earlier run could not. */
    public static FreezeRegister create(
            Store store, Vault vault, EventSink ledger, LiftAuthority authority, InstantSource clock)
            throws IOException {
        store.migrate(FreezeTables.ROOM, FreezeTables.SCRIPTS);
        FreezeRegister register = new FreezeRegister(store, new FreezeTables(vault), ledger, authority, clock);
        register.recordPending();
        return register;
    }

    /** Stops the use of these data of a person for every purpose; where it is stopped already it stays so. */
    public List<Freeze> freeze(PersonId person, Set<DataClass> dataClasses, String report) throws IOException {
        Set<DataClass> frozen = new HashSet<>();
        active(person).forEach(freeze -> frozen.add(freeze.dataClass()));
        Instant now = Instant.ofEpochMilli(clock.millis());
        List<Freeze> made = new ArrayList<>();
        for (DataClass each : dataClasses) {
            if (!frozen.contains(each)) {
                made.add(new Freeze(UUID.randomUUID(), person, each, report, now));
            }
        }
        List<Stored> sealed = new ArrayList<>();
        for (Freeze each : made) {
            sealed.add(tables.seal(each));
        }
        store.write(connection -> {
            for (Stored each : sealed) {
                FreezeTables.insert(connection, each);
            }
            return sealed.size();
        });
        recordPending();
        return List.copyOf(made);
    }

    /** Lifts a freeze, if this person may. Both are recorded, a refusal too. */
    public LiftResult lift(UUID freezeId, PersonId lifting, String reason) throws IOException {
        Optional<Stored> stored = store.read(connection -> FreezeTables.find(connection, freezeId));
        Optional<Freeze> freeze = stored.isEmpty() ? Optional.empty() : tables.open(stored.get());
        if (freeze.isEmpty() || stored.get().isLifted()) {
            return new LiftResult.NotLifted(Reason.of(
                    "consent.not-frozen", "There is no freeze of this number in force: list those there are."));
        }
        Optional<Reason> refusal = authority.refusal(lifting, freeze.get());
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (refusal.isPresent()) {
            record(event(NOT_LIFTED, UUID.randomUUID(), now, freeze.get())
                    .fact("reason", refusal.get().code())
                    .personalFact("by", lifting.value())
                    .build());
            return new LiftResult.NotLifted(refusal.get());
        }
        String sealedBy = tables.sealText(freeze.get().person(), lifting.value() + "\n" + reason);
        store.write(connection -> FreezeTables.lift(connection, freezeId, now, sealedBy));
        recordPending();
        return new LiftResult.Lifted(freeze.get(), now);
    }

    /** The freezes in force on a person. */
    public List<Freeze> active(PersonId person) throws IOException {
        Optional<String> pseudonym = tables.known(person);
        if (pseudonym.isEmpty()) {
            return List.of();
        }
        List<Freeze> active = new ArrayList<>();
        for (Stored each : store.read(connection -> FreezeTables.active(connection, pseudonym.get()))) {
            tables.open(each).ifPresent(active::add);
        }
        return List.copyOf(active);
    }

    /** A basis that says no while the data are frozen, with the reason {@code consent.frozen}, and else what it says. */
    public LawfulBasis guard(LawfulBasis basis) {
        return (person, purpose, dataClass) -> {
            try {
                Optional<String> pseudonym = tables.known(person);
                boolean isFrozen = pseudonym.isPresent()
                        && store.<Boolean>read(
                                connection -> FreezeTables.isFrozen(connection, pseudonym.get(), dataClass));
                return isFrozen
                        ? LawfulBasis.Answer.refused(Reason.format(
                                "consent.frozen",
                                "Use of %s is stopped after a report of misuse until it is lifted: use another way.",
                                dataClass))
                        : basis.basisFor(person, purpose, dataClass);
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.ERROR, "whether data are frozen cannot be looked up: the answer is no", e);
                return LawfulBasis.Answer.refused(Reason.of(
                        "consent.unavailable",
                        "Consent cannot be looked up at present, so these data are not used: use another way."));
            }
        };
    }

    /** Brings what waits into the ledger; true if nothing waits any more. */
    public synchronized boolean recordPending() {
        try {
            for (Stored each : store.read(FreezeTables::unrecorded)) {
                Optional<Freeze> freeze = tables.open(each);
                if (freeze.isPresent()) {
                    recordBoth(each, freeze.get());
                }
                store.write(connection -> FreezeTables.recorded(connection, each));
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "freezes wait to be recorded in the ledger", e);
            return false;
        }
    }

    private void recordBoth(Stored stored, Freeze freeze) throws IOException {
        ledger.take(event(FROZEN, freeze.id(), freeze.at(), freeze)
                .personalFact("report", freeze.report())
                .build());
        if (stored.liftedAt().isPresent()) {
            String[] by = tables.openText(
                            freeze.person(), stored.sealedLifting().orElseThrow())
                    .split("\n", 2);
            UUID id = new UUID(
                    freeze.id().getMostSignificantBits() ^ 1, freeze.id().getLeastSignificantBits());
            ledger.take(event(LIFTED, id, stored.liftedAt().get(), freeze)
                    .personalFact("by", by[0])
                    .personalFact("reason", by[1])
                    .build());
        }
    }

    private void record(LedgerEvent event) {
        try {
            ledger.take(event);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "a refused lifting of a freeze could not be recorded", e);
        }
    }

    private static LedgerEvent.Builder event(EventKind kind, UUID id, Instant at, Freeze freeze) {
        return LedgerEvent.builder(kind, at)
                .id(id)
                .person(freeze.person())
                .fact("freeze", freeze.id().toString())
                .fact("data-class", freeze.dataClass().value());
    }
}
