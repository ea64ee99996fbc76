package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.KEY;
import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.verifier;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * What an issuer could sign and is refused all the same, each for its own reason: every one of these has a signature that
 * fits, so that nothing else refuses it.
 */
class StrictnessTest {
    private static final byte[] HEADERS = PassCodec.protectedHeaders(KEY.id(), -19);
    private static final byte[] CLAIMS = PassCodec.writeClaims(visitor().build());

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String claimsHex() {
        return HexFormat.of().formatHex(CLAIMS);
    }

    private static byte[] token(byte[] headers, byte[] claims) {
        return CoseSign1.sign(headers, claims, KEY::sign);
    }

    private static void assertRefused(byte[] token, Step step, String why) {
        assertThat(verifier().verify("GH1:" + Base45.encode(token), Presentation.atDesk(NOON)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.step()).isEqualTo(step);
                    assertThat(rejected.reason().text()).contains(why);
                });
    }

    private static byte[] spliced(byte[] token, int at, int remove, String insert) {
        String hex = HexFormat.of().formatHex(token);
        return hex(hex.substring(0, 2 * at) + insert + hex.substring(2 * (at + remove)));
    }

    @Test
    void takesTheOneThatTheOthersDifferFrom() {
        assertThat(verifier().verify("GH1:" + Base45.encode(token(HEADERS, CLAIMS)), Presentation.atDesk(NOON)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void refusesTrailingBytesBehindTheMessageTheHeadersAndTheClaims() {
        byte[] token = token(HEADERS, CLAIMS);
        assertRefused(Arrays.copyOf(token, token.length + 1), Step.DECODE, "1 bytes too many");
        assertRefused(token(Arrays.copyOf(HEADERS, HEADERS.length + 1), CLAIMS), Step.DECODE, "1 bytes too many");
        assertRefused(token(HEADERS, Arrays.copyOf(CLAIMS, CLAIMS.length + 2)), Step.CLAIMS, "2 bytes too many");
    }

    @Test
    void refusesDuplicateKeysInTheHeadersAndTheClaims() {
        assertRefused(token(hex("a301320132044201" + "02"), CLAIMS), Step.DECODE, "twice or out of order");
        byte[] twice = hex("a5" + claimsHex().substring(2, 14) + claimsHex().substring(2));
        assertRefused(token(HEADERS, twice), Step.CLAIMS, "twice or out of order");
    }

    @Test
    void refusesKeysOutOfOrder() {
        assertRefused(token(hex("a20442010201" + "32"), CLAIMS), Step.DECODE, "twice or out of order");
        String claims = claimsHex();
        String swapped = "a4" + claims.substring(14, 26) + claims.substring(2, 14) + claims.substring(26);
        assertRefused(token(HEADERS, hex(swapped)), Step.CLAIMS, "twice or out of order");
    }

    @Test
    void refusesIndefiniteLengths() {
        byte[] token = token(HEADERS, CLAIMS);
        assertRefused(hex("9f" + HexFormat.of().formatHex(token).substring(2) + "ff"), Step.DECODE, "an indefinite");
        assertRefused(token(hex("bf0132044201" + "02ff"), CLAIMS), Step.DECODE, "an indefinite");
        assertRefused(token(HEADERS, hex("bf" + claimsHex().substring(2) + "ff")), Step.CLAIMS, "an indefinite");
    }

    @Test
    void refusesNumbersThatAreLongerThanTheyNeedToBe() {
        byte[] token = token(HEADERS, CLAIMS);
        assertRefused(spliced(token, 1, 1, "5807"), Step.DECODE, "more than it needs");
        assertRefused(token(hex("a2013812044201" + "02"), CLAIMS), Step.DECODE, "more than it needs");
        assertRefused(token(hex("a201390012044201" + "02"), CLAIMS), Step.DECODE, "more than it needs");
        assertRefused(
                token(HEADERS, hex(claimsHex().replaceFirst("^a404", "a41804"))), Step.CLAIMS, "more than it needs");
    }

    @Test
    void refusesEveryTag() {
        byte[] token = token(HEADERS, CLAIMS);
        assertRefused(spliced(token, 0, 0, "d2"), Step.DECODE, "headers are not");
        assertRefused(spliced(token, 0, 0, "d1"), Step.DECODE, "tag 17 instead of 18");
        assertRefused(spliced(token, 0, 0, "d83d"), Step.DECODE, "tag 61 instead of 18");
        assertRefused(spliced(token, 0, 0, "d2d2"), Step.DECODE, "not an array");
        assertRefused(token(HEADERS, hex("d83d" + claimsHex())), Step.CLAIMS, "not a map");
    }

    @Test
    void refusesAnUnknownAlgorithm() {
        for (String algorithm : new String[] {"26", "28", "3822", "00", "01", "3903e6"}) {
            assertRefused(
                    token(hex("a201" + algorithm + "04420102"), CLAIMS), Step.ALGORITHM, "is signed with algorithm");
        }
        assertRefused(token(hex("a2016545644453410442" + "0102"), CLAIMS), Step.ALGORITHM, "algorithm 0");
    }

    @Test
    void refusesHeadersThatNobodyProtects() {
        byte[] token = token(HEADERS, CLAIMS);
        int unprotected = 2 + HEADERS.length;
        assertRefused(spliced(token, unprotected, 1, "a104420102"), Step.DECODE, "both protected and unprotected");
        assertRefused(spliced(token, unprotected, 1, "a10300"), Step.DECODE, "headers are not");
        byte[] loose = token(hex("a10132"), CLAIMS);
        assertRefused(spliced(loose, 5, 1, "a104420102"), Step.DECODE, "headers are not");
    }

    @Test
    void refusesHeadersThatMustBeUnderstood() {
        assertRefused(token(hex("a30132028118" + "6404420102"), CLAIMS), Step.DECODE, "a critical header");
    }

    @Test
    void refusesASignatureOfAnotherLength() {
        byte[] token = token(HEADERS, CLAIMS);
        byte[] shorter = Arrays.copyOf(token, token.length - 1);
        shorter[token.length - 65] = 63;
        assertRefused(shorter, Step.SIGNATURE, "changed or not made");
    }

    @Test
    void refusesClaimsOfOthers() {
        byte[] issuer = new CborWriter().mapHead(1).integer(1).text("issuer").toByteArray();
        assertRefused(token(HEADERS, issuer), Step.CLAIMS, "the claim 1 is not one of a pass");
    }

    @Test
    void refusesAPassThatIsShownWithoutItsHoldersPhone() {
        Pass bound = visitor()
                .holderKey(io.gatehouse.codes.keys.HolderKey.of(
                        KEY.kind(), KEY.issuerKey().publicKey()))
                .build();
        byte[] token = token(HEADERS, PassCodec.writeClaims(bound));
        assertRefused(token, Step.HOLDER, "only with its holder's phone");
        assertThat(verifier()
                        .insecureVerifyWithoutHolder(new IssuedPass(bound, token).bytes(), Presentation.atDesk(NOON)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void refusesEveryPassWhileTheClockIsNotBelieved() {
        PassVerifier doubtful = PassVerifier.create(
                () -> Fixtures.RING,
                Fixtures.OPTIONS.withClock(io.gatehouse.codes.clock.ClockWatch.create(
                        NOON, java.time.Duration.ofSeconds(5), System::nanoTime)));
        assertThat(doubtful.verify("GH1:" + Base45.encode(token(HEADERS, CLAIMS)), Presentation.atDesk(NOON)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.step()).isEqualTo(Step.CLOCK);
                    assertThat(rejected.reason().code()).isEqualTo("clock.unconfirmed");
                });
    }
}
