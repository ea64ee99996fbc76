package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.FIVE;
import static io.gatehouse.codes.token.Fixtures.KEY;
import static io.gatehouse.codes.token.Fixtures.NINE;
import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.OPTIONS;
import static io.gatehouse.codes.token.Fixtures.RING;
import static io.gatehouse.codes.token.Fixtures.issue;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The optional parts of a pass: where its status is kept, and its holder's key. */
class PassStatusTest {
    private static final StatusReference PLACE = StatusReference.of(7, 123_456);

    private static Verification verify(Pass pass, PassStatuses statuses) {
        return PassVerifier.create(() -> RING, OPTIONS.withStatuses(statuses))
                .verify(issue(pass), Presentation.atDesk(NOON));
    }

    private static Pass.Builder named() {
        return Pass.builder(PLACE, PassType.VISITOR, HolderReference.of("104217"))
                .valid(NINE, FIVE);
    }

    @Test
    void asksForTheStatusThatThePassNames() {
        PassStatuses revoked = (reference, at) -> {
            assertThat(reference).isEqualTo(PLACE);
            assertThat(at).isEqualTo(NOON);
            return Optional.of(Reason.of("code.revoked", "This pass was taken back."));
        };
        for (Pass pass : new Pass[] {named().build(), visitor().status(PLACE).build()}) {
            assertThat(verify(pass, (reference, at) -> Optional.empty())).isEqualTo(new Verified(pass, KEY.id(), ""));
            assertThat(verify(pass, revoked)).isInstanceOfSatisfying(Rejected.class, rejected -> {
                assertThat(rejected.step()).isEqualTo(Step.REVOCATION);
                assertThat(rejected.reason().code()).isEqualTo("code.revoked");
            });
        }
    }

    @Test
    void refusesAPassWithAStatusWhereThereAreNoLists() {
        assertThat(verify(named().build(), PassStatuses.none())).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.step()).isEqualTo(Step.REVOCATION);
            assertThat(rejected.reason().toString())
                    .startsWith("code.status-unknown")
                    .contains("status list 7");
        });
    }

    @Test
    void asksNothingAboutAPassWithoutAStatus() {
        assertThat(verify(visitor().build(), PassStatuses.none())).isInstanceOf(Verified.class);
    }

    @Test
    void saysTheStatusOnceWhereTheIdIsIt() throws CborException {
        byte[] named = PassCodec.writeClaims(named().build());
        byte[] told = PassCodec.writeClaims(visitor().status(PLACE).build());
        assertThat(told).hasSize(named.length + 3 + 2 + 5 - 1);
        assertThat(PassCodec.readClaims(named).status()).contains(PLACE);
        assertThat(PassCodec.readClaims(named).id()).isEqualTo(PassId.of(PLACE));
        assertThat(PassCodec.readClaims(told).status()).contains(PLACE);
    }

    @Test
    void refusesAStatusThatIsWrittenInTheOtherWay() {
        byte[] id = {0, 7, 1, (byte) 0xE2, 0x40};
        UnaryOperator<CborWriter> told = out -> out.arrayHead(6)
                .integer(4)
                .integer(0)
                .bytes(new byte[0])
                .integer(5)
                .integer(7)
                .integer(123_456);
        assertRefused(id, told, "the id says it already");
        UnaryOperator<CborWriter> twice = out -> out.arrayHead(6)
                .integer(6)
                .integer(0)
                .bytes(new byte[0])
                .integer(5)
                .integer(7)
                .integer(123_456);
        assertRefused(id, twice, "said to be the status");
        UnaryOperator<CborWriter> flagged =
                out -> out.arrayHead(4).integer(6).integer(0).bytes(new byte[0]).integer(5);
        assertRefused(new byte[4], flagged, "id of 4 bytes is said to be the status");
        UnaryOperator<CborWriter> beyond = out -> out.arrayHead(6)
                .integer(4)
                .integer(0)
                .bytes(new byte[0])
                .integer(5)
                .integer(65_536)
                .integer(0);
        assertRefused(id, beyond, "more than 65535");
    }

    private static void assertRefused(byte[] id, UnaryOperator<CborWriter> fields, String why) {
        CborWriter out = new CborWriter()
                .mapHead(4)
                .integer(4)
                .integer(200)
                .integer(5)
                .integer(100)
                .integer(7)
                .bytes(id)
                .integer(-65_537);
        byte[] claims = fields.apply(out).toByteArray();
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> PassCodec.readClaims(claims))
                .withMessageContaining(why);
    }

    @Test
    void refusesPlacesThatNoListHas() {
        for (int[] place : new int[][] {{-1, 0}, {65_536, 0}, {0, -1}, {0, 1 << 24}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> StatusReference.of(place[0], place[1]));
        }
    }

    @Test
    void carriesTheKeyOfAPhoneOfEitherKind() throws Exception {
        HolderKey ed25519 = HolderKey.of(KeyKind.ED25519, KEY.issuerKey().publicKey());
        assertThat(ed25519.verify(new byte[] {1}, KEY.sign(new byte[] {1}))).isTrue();
        assertThat(ed25519.verify(new byte[] {2}, KEY.sign(new byte[] {1}))).isFalse();
        assertCarries(ed25519);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
        for (int i = 0; i < 20; i++) {
            KeyPair pair = generator.generateKeyPair();
            HolderKey p256 = HolderKey.of(KeyKind.P256, compressed((ECPublicKey) pair.getPublic()));
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(new byte[] {1});
            byte[] signed = signature.sign();
            assertThat(p256.verify(new byte[] {1}, signed)).isTrue();
            assertThat(p256.verify(new byte[] {2}, signed)).isFalse();
            assertThat(p256.verify(new byte[] {1}, Arrays.copyOf(signed, 63))).isFalse();
            assertCarries(p256);
        }
    }

    private static byte[] compressed(ECPublicKey key) {
        byte[] point = new byte[33];
        point[0] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
        byte[] x = key.getW().getAffineX().toByteArray();
        int length = Math.min(32, x.length);
        System.arraycopy(x, x.length - length, point, 33 - length, length);
        assertThat(new BigInteger(1, Arrays.copyOfRange(point, 1, 33)))
                .isEqualTo(key.getW().getAffineX());
        return point;
    }

    private static void assertCarries(HolderKey key) throws CborException {
        Pass pass = named().holderKey(key).onlyAt(PortalId.of("g")).build();
        assertThat(PassCodec.readClaims(PassCodec.writeClaims(pass))).isEqualTo(pass);
        assertThat(pass.toString()).contains("phone").doesNotContain("104217");
    }

    @Test
    void refusesBytesThatAreNoHoldersKey() {
        byte[] noPoint = new byte[33];
        noPoint[0] = 2;
        noPoint[32] = 1;
        byte[] beyond = new byte[33];
        Arrays.fill(beyond, (byte) 0xFF);
        beyond[0] = 3;
        for (byte[] bytes : new byte[][] {noPoint, beyond, new byte[33], new byte[32]}) {
            assertThatIllegalArgumentException().isThrownBy(() -> HolderKey.of(KeyKind.P256, bytes));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> HolderKey.of(KeyKind.ED25519, new byte[32]));
    }

    @Test
    void refusesEveryTruncationAndReadsOrRefusesEveryFlippedBitOfClaimsWithAKey() {
        HolderKey key = HolderKey.of(
                KeyKind.P256,
                HexFormat.of().parseHex("036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"));
        byte[] claims =
                PassCodec.writeClaims(visitor().status(PLACE).holderKey(key).build());
        for (int length = 0; length < claims.length; length++) {
            byte[] cut = Arrays.copyOf(claims, length);
            assertThatExceptionOfType(CborException.class).isThrownBy(() -> PassCodec.readClaims(cut));
        }
        int read = 0;
        for (int bit = 0; bit < claims.length * 8; bit++) {
            byte[] flipped = claims.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(PassCodec.writeClaims(PassCodec.readClaims(flipped))).isEqualTo(flipped);
                read++;
            } catch (CborException e) {
                assertThat(e).message().isNotBlank();
            }
        }
        assertThat(read).isPositive();
    }
}
