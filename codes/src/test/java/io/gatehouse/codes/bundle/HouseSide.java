package io.gatehouse.codes.bundle;

import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.revoke.StatusListOptions;
import io.gatehouse.codes.revoke.StatusPublisher;
import io.gatehouse.codes.revoke.StatusRegister;
import io.gatehouse.codes.revoke.StatusSigner;
import io.gatehouse.codes.token.HolderReference;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.PassId;
import io.gatehouse.codes.token.PassIdentifier;
import io.gatehouse.codes.token.PassIssuer;
import io.gatehouse.codes.token.PassType;
import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.codes.token.VerificationOptions;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A pass office and its gates by one clock that a test sets. */
final class HouseSide implements AutoCloseable {
    static final int LIST = 5;
    static final Duration KEYS_AGE = Duration.ofHours(8);
    static final Duration LIST_AGE = Duration.ofHours(1);
    static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

    private final Path folder;
    private final List<Store> stores = new ArrayList<>();
    private Instant now = MORNING;
    final StatusRegister register;
    private long counter;

    HouseSide(Path folder) throws IOException {
        this.folder = folder;
        this.register = StatusRegister.create(open("office.db"));
        register.open(LIST, 1, 10_000);
    }

    private Store open(String name) throws IOException {
        Store store = Stores.open(folder.resolve(name));
        stores.add(store);
        return store;
    }

    InstantSource clock() {
        return () -> now;
    }

    Instant now() {
        return now;
    }

    void at(String time) {
        now = Instant.parse("2026-03-02T" + time + "Z");
    }

    StatusPublisher publisher(SigningKey key) {
        return StatusPublisher.create(register, StatusSigner.create(key, "", LIST_AGE), clock());
    }

    byte[] bundle(KeyRing keys, SigningKey lists, BundleSigner signer) throws IOException {
        return signer.sign(Bundle.builder(++counter, now)
                .keys(keys, KEYS_AGE)
                .statusList(publisher(lists).whole(LIST))
                .build());
    }

    /** A pass that can be taken back. */
    String issue(SigningKey key, KeyRing ring, StatusReference place) {
        return sign(
                key, ring, Pass.builder(place, PassType.EMPLOYEE, HolderReference.of(Integer.toString(place.index()))));
    }

    /** What a thief makes, without a place in a list. */
    String forge(SigningKey stolen) {
        PassId id = PassId.of(new byte[] {6, 6, 6, 6, 6, 6, 6, 6});
        return sign(
                stolen, KeyRing.of(stolen.issuerKey()), Pass.builder(id, PassType.EMPLOYEE, HolderReference.of("666")));
    }

    private String sign(SigningKey key, KeyRing ring, Pass.Builder pass) {
        return PassIssuer.create(key, () -> ring, clock())
                .issue(pass.valid(MORNING.minusSeconds(3_600), MORNING.plus(Duration.ofDays(30)))
                        .build())
                .text();
    }

    Door door(String name) throws IOException {
        GateBundle bundle = GateBundle.open(open(name + ".db"), Bundles.PINNED, StatusListOptions.HOUSE, now);
        return new Door(name, bundle);
    }

    /** A door that goes by its bundle. */
    final class Door {
        private final Portal portal;
        private final GateBundle bundle;
        private final BundleIdentifier identifier;

        Door(String name, GateBundle bundle) {
            this.portal = new Portal(PortalId.of(name), name, PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));
            this.bundle = bundle;
            this.identifier =
                    BundleIdentifier.create(bundle, VerificationOptions.DEFAULT, clock(), PassIdentifier::create);
        }

        GateBundle bundle() {
            return bundle;
        }

        String take(byte[] signed) throws IOException {
            return bundle.install(signed, now)
                    .fold(installed -> "taken", refused -> refused.reason().code());
        }

        void takeList(byte[] signed) throws IOException {
            bundle.statusLists().install(signed, now);
        }

        String show(String pass) {
            return identifier
                    .identify(CodeEvidence.ofText(pass, now, "scanner"), new Checkpost(portal, Direction.ENTRY, now))
                    .fold(known -> "in", unknown -> unknown.reason().code(), ambiguous -> "ambiguous");
        }
    }

    @Override
    public void close() throws IOException {
        for (Store store : stores) {
            store.close();
        }
    }
}
