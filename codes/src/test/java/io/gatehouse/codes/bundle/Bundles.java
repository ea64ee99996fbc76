package io.gatehouse.codes.bundle;

import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.keys.KeyUse;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.revoke.StatusList;
import io.gatehouse.codes.revoke.StatusSigner;
import io.gatehouse.codes.token.ZoneTable;
import io.gatehouse.core.place.ZoneCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A house with a key for passes, one for lists and one for bundles. */
final class Bundles {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);
    static final SigningKey PASSES = key(1);
    static final SigningKey LISTS = key(2);
    static final SigningKey BUNDLES = key(3);
    static final KeyScope FOR_LISTS = KeyScope.ofHouse(KeyUse.STATUS_LISTS);
    static final IssuerKey PINNED = pinned(BUNDLES);
    static final KeyRing RING = KeyRing.of(PASSES.issuerKey(), LISTS.issuerKey(FOR_LISTS));
    static final StatusSigner STATUSES = StatusSigner.create(LISTS, KeyScope.HOUSE, HOUR);

    private Bundles() {}

    static SigningKey key(int id) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) id);
        return SigningKey.of(KeyId.of(id), secret);
    }

    static IssuerKey pinned(SigningKey key) {
        return key.issuerKey(KeyScope.ofHouse(KeyUse.BUNDLES));
    }

    /** A whole bundle in which the versions are the counter. */
    static Bundle bundle(int counter, Instant at) {
        return Bundle.builder(counter, at)
                .keys(RING, HOUR.multipliedBy(8))
                .statusList(STATUSES.sign(StatusList.empty(5, 1, 1_000), at))
                .zones(
                        new ZoneTable(
                                counter, List.of(ZoneCode.of("lobby"), ZoneCode.of("old")), Set.of(ZoneCode.of("old"))),
                        HOUR.multipliedBy(24))
                .policy(policy(counter), HOUR.multipliedBy(4))
                .timeZones("2026a", Duration.ofDays(90))
                .build();
    }

    static PolicySnapshot policy(int version) {
        return new PolicySnapshot("permit/1", version, ("rules " + version).getBytes(StandardCharsets.UTF_8));
    }
}
