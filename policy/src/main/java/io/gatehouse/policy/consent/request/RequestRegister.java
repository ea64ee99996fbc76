package io.gatehouse.policy.consent.request;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.consent.request.RequestTables.Stored;
import io.gatehouse.policy.internal.sealed.SealedPeople;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps requests in a table of its own, which names nobody. Thread-safe. Each step is recorded before it is in force; if it
 * cannot be, an {@link IOException} says so and nothing changed. Must not be called within a work of the same store.
 */
public final class RequestRegister {
    /** What the vault keeps requests under. */
    public static final DataClass RECORDS = DataClass.of("request-record");

    private static final int MAX_REASON = 1_000;

    private final Store store;
    private final SealedPeople people;
    private final EventSink ledger;
    private final Map<RequestKind, Deadline> deadlines;
    private final ZoneId zone;
    private final InstantSource clock;

    private RequestRegister(
            Store store,
            SealedPeople people,
            EventSink ledger,
            Map<RequestKind, Deadline> deadlines,
            ZoneId zone,
            InstantSource clock) {
        this.store = store;
        this.people = people;
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.deadlines = new EnumMap<>(deadlines);
        this.zone = Objects.requireNonNull(zone, "zone");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Brings the table up to date.
     *
     * @param deadlines how long there is for each kind, such as a regime says; one that is missing is not taken
     * @param zone      by whose calendar
     */
    public static RequestRegister create(
            Store store,
            Vault vault,
            EventSink ledger,
            Map<RequestKind, Deadline> deadlines,
            ZoneId zone,
            InstantSource clock)
            throws IOException {
        store.migrate(RequestTables.ROOM, RequestTables.SCRIPTS);
        return new RequestRegister(store, SealedPeople.of(vault, RECORDS), ledger, deadlines, zone, clock);
    }

    /**
     * Takes a request. Whether the person is who they say is for the caller to know.
     *
     * @throws IllegalArgumentException if there is no deadline for requests of this kind
     */
    public SubjectRequest receive(PersonId person, RequestKind kind, String words) throws IOException {
        Deadline deadline = deadline(kind);
        Instant now = Instant.ofEpochMilli(clock.millis());
        SubjectRequest request = new SubjectRequest(
                UUID.randomUUID(),
                person,
                kind,
                words,
                now,
                deadline.due(now.atZone(zone).toLocalDate()),
                false,
                RequestState.OPEN);
        Stored stored = new Stored(
                request.id(), people.seal(person, words), kind, now, request.dueOn(), false, RequestState.OPEN);
        record("request.received", request, now, "", "");
        store.write(connection -> RequestTables.insert(connection, stored));
        return request;
    }

    private Deadline deadline(RequestKind kind) {
        Deadline deadline = deadlines.get(kind);
        if (deadline == null) {
            throw new IllegalArgumentException("there is no deadline for requests of the kind " + kind
                    + ": give one when the register is made, or say that such requests are not taken");
        }
        return deadline;
    }

    /**
     * Puts the last day off, once.
     *
     * @throws IllegalArgumentException if it may not be put off, or was before, or is not open
     */
    public SubjectRequest extend(UUID id, PersonId by, String reason) throws IOException {
        SubjectRequest request = open(id);
        Deadline deadline = deadline(request.kind());
        if (request.isExtended() || deadline.extension().isZero()) {
            throw new IllegalArgumentException("request " + id + " may not be put off"
                    + (request.isExtended() ? " again" : "") + ": answer it by " + request.dueOn());
        }
        LocalDate later = request.dueOn().plus(deadline.extension());
        return change(request, "request.extended", later, true, RequestState.OPEN, by, reason);
    }

    /** It was done; the words say what. */
    public SubjectRequest done(UUID id, PersonId by, String outcome) throws IOException {
        SubjectRequest request = open(id);
        return change(request, "request.done", request.dueOn(), request.isExtended(), RequestState.DONE, by, outcome);
    }

    /** It was refused, and why. */
    public SubjectRequest refuse(UUID id, PersonId by, String reason) throws IOException {
        SubjectRequest request = open(id);
        return change(
                request, "request.refused", request.dueOn(), request.isExtended(), RequestState.REFUSED, by, reason);
    }

    private SubjectRequest change(
            SubjectRequest request,
            String kind,
            LocalDate dueOn,
            boolean isExtended,
            RequestState state,
            PersonId by,
            String reason)
            throws IOException {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "what was done, or why not, takes 1 to " + MAX_REASON + " characters, not " + reason.length());
        }
        SubjectRequest changed = new SubjectRequest(
                request.id(),
                request.person(),
                request.kind(),
                request.words(),
                request.receivedAt(),
                dueOn,
                isExtended,
                state);
        record(kind, changed, clock.instant(), by.value(), reason);
        if (!store.<Boolean>write(
                connection -> RequestTables.change(connection, request.id(), dueOn, isExtended, state))) {
            throw new IllegalArgumentException("request " + request.id() + " was answered meanwhile");
        }
        return changed;
    }

    private void record(String kind, SubjectRequest request, Instant at, String by, String reason) throws IOException {
        LedgerEvent.Builder event = LedgerEvent.builder(EventKind.of(kind), at)
                .person(request.person())
                .fact("request", request.id().toString())
                .fact("asks-for", request.kind().name().toLowerCase(Locale.ROOT))
                .fact("due", request.dueOn().toString());
        if (!by.isEmpty()) {
            event.personalFact("by", by).personalFact("reason", reason);
        }
        ledger.take(event.build());
    }

    private SubjectRequest open(UUID id) throws IOException {
        List<SubjectRequest> found =
                opened(store.read(connection -> RequestTables.rows(connection, "WHERE id = ?", id.toString())));
        if (found.isEmpty() || found.get(0).state() != RequestState.OPEN) {
            throw new IllegalArgumentException("there is no open request " + id);
        }
        return found.get(0);
    }

    /** All requests of a person, oldest first. */
    public List<SubjectRequest> of(PersonId person) throws IOException {
        Optional<String> pseudonym = people.known(person);
        return pseudonym.isEmpty()
                ? List.of()
                : opened(store.read(connection -> RequestTables.rows(
                        connection, "WHERE person = ? ORDER BY received_millis, id", pseudonym.get())));
    }

    /** What is open, the first due first. */
    public List<SubjectRequest> open() throws IOException {
        return opened(
                store.read(connection -> RequestTables.rows(connection, "WHERE state = 'OPEN' ORDER BY due_day, id")));
    }

    /** What should have been answered by now. */
    public List<SubjectRequest> overdue() throws IOException {
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        return open().stream().filter(request -> request.isOverdue(today)).toList();
    }

    private List<SubjectRequest> opened(List<Stored> stored) throws IOException {
        List<SubjectRequest> requests = new ArrayList<>();
        for (Stored each : stored) {
            people.open(each.sealed()).map(each::of).ifPresent(requests::add);
        }
        return List.copyOf(requests);
    }
}
