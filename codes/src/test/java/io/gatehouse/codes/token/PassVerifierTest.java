package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.FIVE;
import static io.gatehouse.codes.token.Fixtures.FRONT;
import static io.gatehouse.codes.token.Fixtures.KEY;
import static io.gatehouse.codes.token.Fixtures.LAB;
import static io.gatehouse.codes.token.Fixtures.LAB_DOOR;
import static io.gatehouse.codes.token.Fixtures.LOBBY;
import static io.gatehouse.codes.token.Fixtures.NINE;
import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.OPTIONS;
import static io.gatehouse.codes.token.Fixtures.RING;
import static io.gatehouse.codes.token.Fixtures.ZONES;
import static io.gatehouse.codes.token.Fixtures.entering;
import static io.gatehouse.codes.token.Fixtures.issue;
import static io.gatehouse.codes.token.Fixtures.leaving;
import static io.gatehouse.codes.token.Fixtures.verifier;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.place.ZoneCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PassVerifierTest {
    private static final Presentation AT_FRONT = Presentation.at(entering(FRONT, NOON));

    @Test
    void takesAPassAndSaysWhatItSays() {
        Pass pass = visitor()
                .zones(ZONES.grant(LOBBY))
                .singleUse()
                .onlyAt(FRONT.id())
                .build();

        assertThat(verifier().verify(issue(pass), AT_FRONT)).isEqualTo(new Verified(pass, KEY.id(), ""));
    }

    @Test
    void refusesMoreCharactersThanAPassCanHave() {
        assertRejected(verifier().verify("GH1:" + "0".repeat(5_000), AT_FRONT), Step.LENGTH, "code.too-long");
    }

    @Test
    void refusesWhatDoesNotBeginAsOurs() {
        for (String text : List.of("", "G", "GH1:", "GH2:ABC", "gh1:ABC", "https://example.com/", "HC1:NCFOXN")) {
            assertRejected(verifier().verify(text, AT_FRONT), Step.PREFIX, "code.prefix");
        }
    }

    @Test
    void refusesWhatIsNotBase45CborOrCose() {
        for (String text :
                List.of("GH1:A", "GH1:abc", "GH1:...", "GH1:€€", "GH1:" + Base45.encode(new byte[] {1, 2}))) {
            assertRejected(verifier().verify(text, AT_FRONT), Step.DECODE, "code.malformed");
        }
    }

    @Test
    void refusesHeadersThatAreNotOfTheProfile() {
        byte[] claims = PassCodec.writeClaims(visitor().build());
        byte[] more = new CborWriter()
                .mapHead(3)
                .integer(1)
                .integer(-19)
                .integer(3)
                .integer(0)
                .integer(4)
                .bytes(new byte[] {1, 2})
                .toByteArray();
        byte[] none = {};
        byte[] shortKeyId = new CborWriter()
                .mapHead(2)
                .integer(1)
                .integer(-19)
                .integer(4)
                .bytes(new byte[] {1})
                .toByteArray();
        for (byte[] headers : List.of(more, none, shortKeyId)) {
            assertRejected(verify(CoseSign1.sign(headers, claims, KEY::sign)), Step.DECODE, "code.malformed");
        }
    }

    @Test
    void refusesATagBeforeThePass() {
        byte[] token = CoseSign1.sign(
                PassCodec.protectedHeaders(KEY.id(), -19),
                PassCodec.writeClaims(visitor().build()),
                KEY::sign);
        byte[] tagged = new byte[token.length + 1];
        tagged[0] = (byte) 0xD2;
        System.arraycopy(token, 0, tagged, 1, token.length);

        assertRejected(verify(tagged), Step.DECODE, "code.malformed");
    }

    @Test
    void refusesAnIssuerItDoesNotKnow() {
        SigningKey other = SigningKey.generate(KeyId.of(9), new SecureRandom());
        String text = PassIssuer.create(other, () -> KeyRing.of(other.issuerKey()), () -> NOON)
                .issue(visitor().build())
                .text();

        assertRejected(verifier().verify(text, AT_FRONT), Step.KEY, "code.unknown-key");
    }

    @Test
    void refusesAnotherIssuersKeyUnderAKnownKeyId() {
        SigningKey forger = SigningKey.generate(KEY.id(), new SecureRandom());
        String text = PassIssuer.create(forger, () -> KeyRing.of(forger.issuerKey()), () -> NOON)
                .issue(visitor().build())
                .text();

        assertRejected(verifier().verify(text, AT_FRONT), Step.SIGNATURE, "code.signature");
    }

    @Test
    void refusesAnAlgorithmThatTheKeyIsNotFor() {
        for (long algorithm : new long[] {-7, 0, 1, -999, Long.MIN_VALUE}) {
            assertRejected(verify(tokenWithAlgorithm(algorithm)), Step.ALGORITHM, "code.algorithm");
        }
    }

    @Test
    void takesTheOlderNumberOfTheAlgorithmToo() {
        assertThat(verify(tokenWithAlgorithm(-8))).isInstanceOf(Verified.class);
    }

    @Test
    void refusesSignedClaimsThatAreNotAPass() {
        byte[] notAPass = new CborWriter()
                .mapHead(1)
                .integer(4)
                .integer(NOON.getEpochSecond())
                .toByteArray();
        byte[] token = CoseSign1.sign(PassCodec.protectedHeaders(KEY.id(), -19), notAPass, KEY::sign);

        assertRejected(verify(token), Step.CLAIMS, "code.malformed");
    }

    @Test
    void refusesARevokedKeyAtOnceAndKeepsTakingARetiredOnes() {
        AtomicReference<KeyRing> ring = new AtomicReference<>(RING);
        PassVerifier verifier = PassVerifier.create(ring::get, OPTIONS);
        String text = issue(visitor().build());

        KeyRing retired = RING.withRetired(KEY.id());
        ring.set(retired);
        assertThat(verifier.verify(text, AT_FRONT)).isInstanceOf(Verified.class);

        ring.set(retired.withRevoked(KEY.id()));
        assertRejected(verifier.verify(text, AT_FRONT), Step.KEY_VALIDITY, "code.revoked-key");
    }

    @Test
    @DisplayName("ENT-10 a temporary code is valid for its time only, give or take what clocks may differ")
    void takesAPassFromItsBeginningUntilItExpires() {
        String text = issue(visitor().build());
        Duration skew = OPTIONS.skew();

        assertRejected(verifyAt(text, NINE.minus(skew).minusMillis(1)), Step.VALIDITY, "code.not-yet-valid");
        assertThat(verifyAt(text, NINE.minus(skew))).isInstanceOf(Verified.class);
        assertThat(verifyAt(text, FIVE.plus(skew).minusMillis(1))).isInstanceOf(Verified.class);
        assertRejected(verifyAt(text, FIVE.plus(skew)), Step.VALIDITY, "code.expired");
        assertRejected(verifyAt(text, java.time.Instant.MIN), Step.VALIDITY, "code.not-yet-valid");
        assertRejected(verifyAt(text, java.time.Instant.MAX), Step.VALIDITY, "code.expired");
    }

    @Test
    void refusesATypeThatIsNotTakenHere() {
        Pass label = Pass.builder(PassId.of(new byte[4]), PassType.GOODS_LABEL, HolderReference.of("box-1"))
                .valid(NINE, FIVE)
                .build();
        assertRejected(verifier().verify(issue(label), AT_FRONT), Step.TYPE, "code.wrong-type");

        PassVerifier staffOnly = PassVerifier.create(() -> RING, OPTIONS.withTypes(Set.of(PassType.EMPLOYEE)));
        assertRejected(staffOnly.verify(issue(visitor().build()), AT_FRONT), Step.TYPE, "code.wrong-type");
    }

    @Test
    @DisplayName("ENT-10 a temporary code is valid for its areas only")
    void refusesAZoneThatThePassIsNotFor() {
        String lobbyOnly = issue(visitor().zones(ZONES.grant(LOBBY)).build());

        assertThat(verifier().verify(lobbyOnly, AT_FRONT)).isInstanceOf(Verified.class);
        assertRejected(
                verifier().verify(lobbyOnly, Presentation.at(entering(LAB_DOOR, NOON))), Step.ZONE, "code.wrong-zone");
    }

    @Test
    void letsEverybodyWithAPassOut() {
        String labOnly = issue(visitor().zones(ZONES.grant(LAB)).build());

        assertThat(verifier().verify(labOnly, Presentation.at(leaving(FRONT, NOON))))
                .isInstanceOf(Verified.class);
        assertRejected(
                verifier().verify(labOnly, Presentation.at(leaving(LAB_DOOR, NOON))), Step.ZONE, "code.wrong-zone");
    }

    @Test
    void refusesAPassWithZonesWhereTheZoneIsNotInTheTable() {
        String lobbyOnly = issue(visitor().zones(ZONES.grant(LOBBY)).build());

        PassVerifier withoutTable = PassVerifier.create(() -> RING, VerificationOptions.DEFAULT);
        assertRejected(withoutTable.verify(lobbyOnly, AT_FRONT), Step.ZONE, "code.unknown-zone");

        PassVerifier without = PassVerifier.create(() -> RING, OPTIONS.withZoneTable(ZONES.without(LOBBY)));
        assertRejected(without.verify(lobbyOnly, AT_FRONT), Step.ZONE, "code.unknown-zone");
    }

    @Test
    void readsTheSameZonesWithANewerTable() {
        ZoneTable newer = ZONES.with(ZoneCode.of("roof"));
        String lobbyOnly = issue(visitor().zones(ZONES.grant(LOBBY)).build());

        assertThat(PassVerifier.create(() -> RING, OPTIONS.withZoneTable(newer)).verify(lobbyOnly, AT_FRONT))
                .isInstanceOf(Verified.class);
    }

    @Test
    void refusesAnotherGateThanTheOneItIsBoundTo() {
        String bound = issue(visitor().onlyAt(LAB_DOOR.id()).build());

        assertRejected(verifier().verify(bound, AT_FRONT), Step.GATE, "code.wrong-gate");
        assertThat(verifier().verify(bound, Presentation.at(entering(LAB_DOOR, NOON))))
                .isInstanceOf(Verified.class);
    }

    @Test
    void tellsAtADeskWhetherAPassIsGenuineWhereverItIsFor() {
        String bound =
                issue(visitor().zones(ZONES.grant(LAB)).onlyAt(LAB_DOOR.id()).build());

        assertThat(verifier().verify(bound, Presentation.atDesk(NOON))).isInstanceOf(Verified.class);
    }

    private static byte[] tokenWithAlgorithm(long algorithm) {
        byte[] headers = new CborWriter()
                .mapHead(2)
                .integer(1)
                .integer(algorithm)
                .integer(4)
                .bytes(KEY.id().toBytes())
                .toByteArray();
        return CoseSign1.sign(headers, PassCodec.writeClaims(visitor().build()), KEY::sign);
    }

    private static Verification verify(byte[] token) {
        return verifier().verify("GH1:" + Base45.encode(token), AT_FRONT);
    }

    private static Verification verifyAt(String text, java.time.Instant at) {
        return verifier().verify(text, Presentation.atDesk(at));
    }

    private static void assertRejected(Verification verification, Step step, String code) {
        assertThat(verification).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.step()).isEqualTo(step);
            assertThat(rejected.reason().code()).isEqualTo(code);
        });
    }
}
