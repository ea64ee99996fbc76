package io.gatehouse.codes.revoke;

import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.token.PassStatuses;
import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The status lists that a gate goes by: taken signed, whole or as changes, kept on the gate's disk, and asked in memory. A
 * list is exchanged in one step; whoever asks sees the one before or the one after. Neither a list's version nor the time
 * as of which it is goes back, over a restart neither. Thread-safe.
 *
 * <p>A list that is too old answers for nobody, valid passes included: how long a leaver may still pass at a gate without a
 * line is the list's greatest age and no more. A list whose signing key was withdrawn since answers for nobody either, and
 * the next one, by a key that is trusted, is taken whatever its version: a stolen key must not be able to lock the gate by
 * a version that no honest list will ever reach.
 */
public final class StatusLists implements PassStatuses {
    private final HeldTables tables;
    private final StatusVerifier verifier;
    private final Supplier<KeyRing> keys;
    private final StatusListOptions options;

    /** Replaced whole, by whoever installs. */
    private volatile Map<Integer, HeldList> held;

    private StatusLists(HeldTables tables, Supplier<KeyRing> keys, StatusListOptions options) throws StoreException {
        this.tables = tables;
        this.keys = keys;
        this.options = options;
        this.verifier = new StatusVerifier(options);
        this.held = tables.all();
    }

    /**
     * The lists of a gate's store; those that it had before are gone by at once.
     *
     * @param keys the keys that sign lists, asked each time, so that a withdrawn one counts at once
     */
    public static StatusLists open(Store gateStore, Supplier<KeyRing> keys, StatusListOptions options)
            throws StoreException {
        return new StatusLists(
                HeldTables.open(gateStore),
                Objects.requireNonNull(keys, "keys"),
                Objects.requireNonNull(options, "options"));
    }

    /**
     * Takes a signed list, or what changed in one. Refused, with a reason and nothing changed: {@code status.too-long},
     * {@code status.malformed}, {@code status.unknown-key}, {@code status.revoked-key}, {@code status.signature},
     * {@code status.other-issuer}, {@code status.from-the-future}, {@code status.went-back}, {@code status.forked},
     * {@code status.wrong-base}, {@code status.wrong-result}. Never throws for what the bytes are.
     *
     * @param now the gate's time
     * @throws StoreException if it cannot be made durable; then the gate goes on by what it had
     */
    public synchronized Installation install(byte[] signed, Instant now) throws StoreException {
        Verified verified = verify(signed, keys.get(), now);
        Optional<HeldList> list = verified.list();
        if (list.isEmpty()) {
            return new Installation.Refused(verified.refusal());
        }
        HeldList taken = list.get();
        tables.save(taken);
        Map<Integer, HeldList> all = new LinkedHashMap<>(held);
        all.put(taken.list().number(), taken);
        held = Map.copyOf(all);
        return new Installation.Installed(taken.list().number(), taken.list().version());
    }

    /** Whether it would be taken if the gate trusted these keys; empty if so. Changes nothing. */
    public Optional<Reason> examine(byte[] signed, KeyRing trusted, Instant now) {
        Verified verified = verify(signed, trusted, now);
        return verified.list().isPresent() ? Optional.empty() : Optional.of(verified.refusal());
    }

    @Override
    public Optional<Reason> whyNot(StatusReference reference, Instant at) {
        HeldList mine = held.get(reference.list());
        if (mine == null) {
            return Optional.of(Reason.format(
                    "status.unknown-list",
                    "This gate has no status list %d, by which this pass could be taken back: ask the guard.",
                    reference.list()));
        }
        return whyNotGoneBy(mine, at).or(() -> whyNot(mine.list(), reference.index()));
    }

    private Optional<Reason> whyNotGoneBy(HeldList mine, Instant at) {
        int number = mine.list().number();
        if (!isTrusted(mine, keys.get())) {
            return Optional.of(Reason.format(
                    "status.revoked-key",
                    "The key %s that signed status list %d was withdrawn and no newer list has come: ask the guard.",
                    mine.key(),
                    number));
        }
        if (at.isBefore(mine.issuedAt().minus(options.skew()))) {
            return Optional.of(Reason.format(
                    "status.clock-behind",
                    "This gate's clock says %s, before its status list %d of %s: ask the guard.",
                    at,
                    number,
                    mine.issuedAt()));
        }
        Duration maxAge = mine.maxAge().compareTo(options.maxAge()) < 0 ? mine.maxAge() : options.maxAge();
        return at.isAfter(mine.issuedAt().plus(maxAge))
                ? Optional.of(Reason.format(
                        "status.too-old",
                        "This gate's status list %d is of %s and good for %s only: ask the guard.",
                        number,
                        mine.issuedAt(),
                        maxAge))
                : Optional.empty();
    }

    private static Optional<Reason> whyNot(StatusList list, int index) {
        if (index >= list.size()) {
            return Optional.of(Reason.format(
                    "status.unknown-place",
                    "Status list %d has no place %d: ask for a new pass.",
                    list.number(),
                    index));
        }
        return switch (list.statusOf(index)) {
            case VALID -> Optional.empty();
            case REVOKED ->
                Optional.of(Reason.of("code.revoked", "This pass was taken back: ask whoever gave it to you."));
            case SUSPENDED ->
                Optional.of(Reason.of("code.suspended", "This pass is suspended for now: ask whoever gave it to you."));
        };
    }

    /** The version of each list that the gate has: from here on it asks for what changed. */
    public Map<Integer, Long> versions() {
        Map<Integer, Long> versions = new TreeMap<>();
        held.forEach((number, list) -> versions.put(number, list.list().version()));
        return versions;
    }

    /** The latest moment as of which a list is: certainly past, for whatever watches the gate's clock. */
    public Optional<Instant> newest() {
        return held.values().stream().map(HeldList::issuedAt).max(Instant::compareTo);
    }

    private Verified verify(byte[] signed, KeyRing trusted, Instant now) {
        return verifier.verify(
                signed,
                trusted,
                number -> Optional.ofNullable(held.get(number)).filter(list -> isTrusted(list, trusted)),
                now);
    }

    private static boolean isTrusted(HeldList list, KeyRing trusted) {
        return trusted.find(list.key())
                .filter(key -> key.state() != IssuerKey.State.REVOKED)
                .isPresent();
    }

    /** A list to go by, or why not. */
    record Verified(Optional<HeldList> list, Optional<Reason> why) {
        static Verified of(HeldList list) {
            return new Verified(Optional.of(list), Optional.empty());
        }

        static Verified not(Reason why) {
            return new Verified(Optional.empty(), Optional.of(why));
        }

        Reason refusal() {
            return why.orElseThrow();
        }
    }
}
