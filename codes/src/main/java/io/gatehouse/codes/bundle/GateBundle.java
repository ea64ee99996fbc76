package io.gatehouse.codes.bundle;

import io.gatehouse.codes.bundle.BundleTables.Row;
import io.gatehouse.codes.bundle.BundleVerifier.Verified;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.revoke.StatusListOptions;
import io.gatehouse.codes.revoke.StatusLists;
import io.gatehouse.codes.token.ZoneTable;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bundle that a gate works by: taken if it is signed by the key that the gate trusts and newer than the last, kept on
 * the gate's disk, exchanged in one step, and asked part by part. A part that never came or is too old answers with its own
 * reason, and so does every part when the gate's clock stands before the bundle was made. One program has a gate's store.
 * Thread-safe.
 *
 * <p>On the disk the bundle, its counter and the key that is trusted are one row, so that whatever dies while one is taken,
 * the gate starts again by the one before or the one after. It is verified again when it starts: a bundle that the disk
 * damaged is left out, but its counter stays.
 */
public final class GateBundle {
    private final BundleTables tables;
    private final BundleVerifier verifier;
    private final StatusListOptions options;
    private final StatusLists statusLists;

    /** Replaced whole, by whoever installs. */
    private volatile State state;

    /** What the gate works by; there is no bundle at first. */
    private record State(Row row, @Nullable Bundle bundle, KeyRing keys) {
        static State of(Row row, @Nullable Bundle bundle) {
            KeyRing keys = bundle == null
                    ? KeyRing.of()
                    : bundle.keys().map(Part::value).orElse(KeyRing.of());
            return new State(row, bundle, keys);
        }
    }

    private GateBundle(Store store, BundleTables tables, Row row, StatusListOptions options) throws StoreException {
        this.tables = tables;
        this.options = options;
        this.verifier = new BundleVerifier(options.skew());
        this.state = State.of(row, null);
        this.statusLists = StatusLists.open(store, () -> this.state.keys(), options);
    }

    /**
     * The bundle of a gate's store.
     *
     * @param pinned  the key that signs bundles, given to the gate when it is set up; what it trusts since then counts
     *                instead once it has taken a bundle
     * @param options how its status lists are judged, and by how much the server's clock may be ahead
     * @param now     the gate's time
     */
    public static GateBundle open(Store gateStore, IssuerKey pinned, StatusListOptions options, Instant now)
            throws StoreException {
        BundleTables tables = BundleTables.open(gateStore);
        Row row = tables.find().orElseGet(() -> new Row(new Pin(pinned, 0), 0, new byte[0]));
        GateBundle gate = new GateBundle(gateStore, tables, row, options);
        gate.resume(now);
        return gate;
    }

    private void resume(Instant now) throws StoreException {
        Row row = state.row();
        Optional<Bundle> bundle = BundleVerifier.read(row.bundle(), row.pin());
        if (bundle.isPresent()) {
            state = State.of(row, bundle.get());
            installLists(bundle.get(), now);
        } else {
            state = State.of(new Row(row.pin(), row.counter(), new byte[0]), null);
        }
    }

    /**
     * Takes a bundle. Refused, with a reason and nothing changed: {@code bundle.too-long}, {@code bundle.malformed},
     * {@code bundle.key-change}, {@code bundle.unknown-key}, {@code bundle.signature}, {@code bundle.from-the-future},
     * {@code bundle.went-back}, {@code bundle.forked}, {@code bundle.zones}, {@code bundle.status-list}. Never throws for what the bytes are.
     *
     * @param now the gate's time
     * @throws StoreException if it cannot be made durable; then the gate goes on by what it had
     */
    public synchronized BundleInstallation install(byte[] bytes, Instant now) throws StoreException {
        Row before = state.row();
        Verified verified = verifier.verify(bytes, before.pin(), before.counter(), before.bundle(), now);
        Bundle bundle = verified.bundle();
        if (bundle == null) {
            return new BundleInstallation.Refused(verified.why().orElseThrow());
        }
        Optional<Reason> badPart = examineZones(bundle).or(() -> examineLists(bundle, now));
        if (badPart.isPresent()) {
            return new BundleInstallation.Refused(badPart.get());
        }
        Row row = new Row(verified.pin(), bundle.counter(), verified.signed());
        tables.save(row);
        state = State.of(row, bundle);
        installLists(bundle, now);
        return new BundleInstallation.Installed(bundle.counter());
    }

    /**
     * Trusts another key for bundles from now on, by hand at the gate: when the one before was stolen or lost. What that one
     * signed is no longer gone by, and bundles are counted anew.
     */
    public synchronized void pin(IssuerKey key) throws StoreException {
        Row row = new Row(new Pin(Objects.requireNonNull(key, "key"), 0), 0, new byte[0]);
        tables.save(row);
        state = State.of(row, null);
    }

    /** A bit that changed its meaning would open a zone to passes that were made for another. */
    private Optional<Reason> examineZones(Bundle bundle) {
        Bundle before = state.bundle();
        if (before == null || before.zones().isEmpty()) {
            return Optional.empty();
        }
        ZoneTable older = before.zones().get().value();
        return bundle.zones()
                .flatMap(zones -> zones.value().whyNotAfter(older))
                .map(why -> Reason.format("bundle.zones", "The zone table in a bundle is not taken: %s.", why));
    }

    /** A list of which the gate has a later version already is no reason to refuse the rest. */
    private Optional<Reason> examineLists(Bundle bundle, Instant now) {
        KeyRing keys = bundle.keys().map(Part::value).orElse(KeyRing.of());
        for (byte[] list : bundle.statusLists()) {
            Optional<Reason> refusal = statusLists
                    .examine(list, keys, now)
                    .filter(reason -> !reason.code().equals("status.went-back"));
            if (refusal.isPresent()) {
                return Optional.of(Reason.format(
                        "bundle.status-list", "A status list in a bundle is not taken: %s", refusal.get()));
            }
        }
        return Optional.empty();
    }

    private void installLists(Bundle bundle, Instant now) throws StoreException {
        for (byte[] list : bundle.statusLists()) {
            statusLists.install(list, now);
        }
    }

    /** The issuers' keys. */
    public Answer<KeyRing> keys(Instant now) {
        return part("keys", "the issuers' keys", Bundle::keys, now);
    }

    /** The zone table. */
    public Answer<ZoneTable> zones(Instant now) {
        return part("zones", "the zone table", Bundle::zones, now);
    }

    /** The rules. */
    public Answer<PolicySnapshot> policy(Instant now) {
        return part("policy", "the rules", Bundle::policy, now);
    }

    /** The version of the time-zone data that the rules were made for. */
    public Answer<String> timeZones(Instant now) {
        return part("time-zones", "the version of time-zone data", Bundle::timeZones, now);
    }

    /** The status lists, which changes may be brought to between bundles. */
    public StatusLists statusLists() {
        return statusLists;
    }

    /** The counter of the last bundle that was taken; 0 if none was. */
    public long counter() {
        return state.row().counter();
    }

    /** When the bundle was made: certainly past, for whatever watches the gate's clock. */
    public Optional<Instant> issuedAt() {
        return Optional.ofNullable(state.bundle()).map(Bundle::issuedAt);
    }

    /** Which of its parts the gate cannot go by, and why; for who looks after gates. */
    public List<Reason> problems(Instant now) {
        List<Reason> problems = new ArrayList<>();
        for (Answer<?> answer : List.of(keys(now), zones(now), policy(now), timeZones(now))) {
            answer.whyNot().ifPresent(problems::add);
        }
        return problems;
    }

    private <T> Answer<T> part(String name, String what, Function<Bundle, Optional<Part<T>>> of, Instant now) {
        Bundle bundle = state.bundle();
        Optional<Part<T>> part = bundle == null ? Optional.empty() : of.apply(bundle);
        if (bundle == null || part.isEmpty()) {
            return absent("bundle." + name + "-missing", "This gate was never given %s: ask the guard.", what);
        }
        if (now.isBefore(bundle.issuedAt().minus(options.skew()))) {
            return absent(
                    "bundle.clock-behind",
                    "This gate's clock says %s, before its bundle of %s: ask the guard.",
                    now,
                    bundle.issuedAt());
        }
        return now.isAfter(part.get().end())
                ? absent(
                        "bundle." + name + "-too-old",
                        "This gate has %s of %s, good until %s: ask the guard.",
                        what,
                        part.get().asOf(),
                        part.get().end())
                : new Answer.Present<>(part.get().value());
    }

    private static <T> Answer<T> absent(String code, String text, Object... arguments) {
        return new Answer.Absent<>(Reason.format(code, text, arguments));
    }

    @Override
    public String toString() {
        return "GateBundle[" + counter() + ", key " + state.row().pin().key().id() + "]";
    }
}
