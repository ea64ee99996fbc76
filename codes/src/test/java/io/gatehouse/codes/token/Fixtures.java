package io.gatehouse.codes.token;

import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.HexFormat;

/** A site with a lobby and a laboratory, and an issuer with the key of RFC 8032's first test. */
final class Fixtures {
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    static final Instant FIVE = Instant.parse("2026-03-02T17:00:00Z");
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    static final ZoneCode LOBBY = ZoneCode.of("lobby");
    static final ZoneCode LAB = ZoneCode.of("lab");
    static final ZoneTable ZONES = ZoneTable.of(LOBBY, LAB);

    static final Portal FRONT =
            new Portal(PortalId.of("front"), "Front door", PortalKind.DOOR, ZoneCode.OUTSIDE, LOBBY);
    static final Portal LAB_DOOR = new Portal(PortalId.of("lab-door"), "Laboratory", PortalKind.DOOR, LOBBY, LAB);

    static final SigningKey KEY = SigningKey.of(
            KeyId.of(0x0102),
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    static final KeyRing RING = KeyRing.of(KEY.issuerKey());
    static final VerificationOptions OPTIONS = VerificationOptions.DEFAULT.withZoneTable(ZONES);

    private Fixtures() {}

    static Pass.Builder visitor() {
        PassId id = PassId.of(HexFormat.of().parseHex("a1a2a3a4a5a6a7a8"));
        return Pass.builder(id, PassType.VISITOR, HolderReference.of("104217")).valid(NINE, FIVE);
    }

    static String issue(Pass pass) {
        return PassIssuer.create(KEY, () -> RING, () -> NOON).issue(pass).text();
    }

    static PassVerifier verifier() {
        return PassVerifier.create(() -> RING, OPTIONS);
    }

    static Checkpost entering(Portal portal, Instant at) {
        return new Checkpost(portal, Direction.ENTRY, at);
    }

    static Checkpost leaving(Portal portal, Instant at) {
        return new Checkpost(portal, Direction.EXIT, at);
    }
}
