package io.gatehouse.policy.permit.document;

import io.gatehouse.core.place.Site;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.permit.CompiledPolicy;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.rule.PolicySet;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules of a gate without a line: takes signed snapshots, each newer than the last, and gives the compiled rules for as long as
 * they are not too old. Thread-safe. It keeps nothing on disk: bring the snapshot in a bundle, whose counter cannot go back, and
 * give the last one again after a start.
 */
public final class GateRules {
    /** How far the gate's clock may be behind the server's. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Site site;
    private final PermitDocuments documents;
    private final PolicyKey key;
    private final Names names;
    private volatile Optional<Held> held = Optional.empty();

    private record Held(GateSnapshot snapshot, CompiledPolicy compiled) {}

    private GateRules(Site site, PolicyKey key, Names names, DocumentLimits limits) {
        this.site = Objects.requireNonNull(site, "site");
        this.key = Objects.requireNonNull(key, "key");
        this.names = Objects.requireNonNull(names, "names");
        this.documents = PermitDocuments.create(site, limits);
    }

    /** Trusts snapshots that this key signed, and no policies. */
    public static GateRules create(Site site, PolicyKey key, Names names, DocumentLimits limits) {
        return new GateRules(site, key, names, limits);
    }

    /**
     * Verifies a snapshot and works by it from then on.
     *
     * @return why not, or empty; what it worked by before stays then
     */
    public synchronized Optional<Reason> install(byte[] signed, Instant now) {
        try {
            SignedPackage parcel = SignedPackage.read(signed);
            byte[] signature = parcel.signatures().get(key.id());
            if (parcel.type() != SignedPackage.SNAPSHOT
                    || signature == null
                    || !key.verifies(parcel.message(), signature)) {
                return refuse(
                        "permit.snapshot-signature", "A snapshot is not signed by key %s: fetch it again.", key.id());
            }
            GateSnapshot.Head head = GateSnapshot.Head.read(parcel.payload());
            PolicySet policy = documents.read(DocumentSource.of("snapshot.json", head.policy()));
            return install(new GateSnapshot(policy, head.portals(), head.issuedAt(), head.maxAge()), head.clock(), now);
        } catch (DocumentException e) {
            return refuse("permit.snapshot-rules", "A snapshot does not fit this gate: %s", first(e));
        } catch (IllegalArgumentException | DateTimeException | IOException e) {
            return refuse("permit.snapshot-malformed", "A snapshot is damaged (%s): fetch it again.", first(e));
        }
    }

    private Optional<Reason> install(GateSnapshot snapshot, String clock, Instant now) {
        long before = held.map(it -> it.snapshot().policy().version()).orElse(0L);
        boolean older = held.filter(it -> snapshot.policy().version() < before
                        || snapshot.issuedAt().isBefore(it.snapshot().issuedAt()))
                .isPresent();
        if (older) {
            return refuse(
                    "permit.snapshot-went-back",
                    "A snapshot of version %d is older than that of version %d, which this gate has: fetch the newest.",
                    snapshot.policy().version(),
                    before);
        }
        if (snapshot.issuedAt().isAfter(now.plus(SKEW))) {
            return refuse(
                    "permit.snapshot-from-the-future",
                    "A snapshot is of %s and this gate's clock says %s: set the clock.",
                    snapshot.issuedAt(),
                    now);
        }
        if (!snapshot.clock(site).equals(clock)) {
            return refuse(
                    "permit.snapshot-clock",
                    "This gate's time-zone data tell other hours than the server's: update its Java.");
        }
        held = Optional.of(new Held(snapshot, CompiledPolicy.compile(site, snapshot.policy(), names)));
        return Optional.empty();
    }

    /** The rules to decide by, with facts that say they are off line; empty if there are none, or they are too old. */
    public Optional<CompiledPolicy> rules(Instant now) {
        return held.filter(it -> now.isBefore(it.snapshot().expiresAt())).map(Held::compiled);
    }

    /** The version that it works by, or 0. */
    public long version() {
        return held.map(it -> it.snapshot().policy().version()).orElse(0L);
    }

    private static String first(Exception e) {
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return said.length() <= 500 ? said : said.substring(0, 500);
    }

    private static Optional<Reason> refuse(String code, String text, Object... arguments) {
        return Optional.of(Reason.format(code, text, arguments));
    }
}
