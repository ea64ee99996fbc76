package io.gatehouse.codes.rolling;

import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.token.HolderReference;
import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.PassIssuer;
import io.gatehouse.codes.token.PassType;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.codes.token.VerificationOptions;
import io.gatehouse.codes.token.ZoneGrant;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site with one secret, an issuer, and an employee with a phone. */
final class RollingFixtures {
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final Instant FIVE = Instant.parse("2026-03-02T17:00:00Z");

    static final RollingMaster MASTER = RollingMaster.of(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    static final SiteSecret SITE = MASTER.siteSecret(KeyId.of(0x0201), "north-works");

    static final SigningKey ISSUER = SigningKey.of(
            KeyId.of(0x0102),
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    static final SigningKey PHONE = SigningKey.of(
            KeyId.of(0), HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    static final KeyRing RING = KeyRing.of(ISSUER.issuerKey());
    static final VerificationOptions OPTIONS =
            VerificationOptions.DEFAULT.withStatuses((status, at) -> Optional.empty());
    static final PassVerifier PASSES = PassVerifier.create(() -> RING, OPTIONS);

    private RollingFixtures() {}

    static Pass.Builder employee() {
        return Pass.builder(StatusReference.of(7, 123_456), PassType.EMPLOYEE, HolderReference.of("104217"))
                .valid(NINE, FIVE)
                .zones(new ZoneGrant(1, List.of(0, 3)));
    }

    static RollingPass rolling() {
        return SITE.rollingPass(employee().build(), RollingStep.STANDARD);
    }

    static IssuedPass bound() {
        HolderKey key = HolderKey.of(KeyKind.ED25519, PHONE.issuerKey().publicKey());
        return PassIssuer.create(ISSUER, () -> RING, () -> NOON)
                .issue(employee().holderKey(key).build());
    }

    static HolderPass holder() {
        return HolderPass.of(bound(), RollingStep.STANDARD, PHONE::sign);
    }

    /** A register of this test alone. */
    static final class Memory implements StepRegister {
        private final Map<String, Instant> last = new HashMap<>();

        @Override
        public synchronized boolean take(String pass, Instant stepStart, Instant keepUntil) {
            Instant before = last.get(pass);
            if (before != null && !stepStart.isAfter(before)) {
                return false;
            }
            last.put(pass, stepStart);
            return true;
        }
    }
}
