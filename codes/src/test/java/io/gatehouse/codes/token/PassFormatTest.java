package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.FIVE;
import static io.gatehouse.codes.token.Fixtures.KEY;
import static io.gatehouse.codes.token.Fixtures.NINE;
import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.issue;
import static io.gatehouse.codes.token.Fixtures.verifier;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.symbol.ErrorCorrection;
import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrWriter;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassFormatTest {
    private static final ZoneTable SIXTEEN = ZoneTable.of(
            IntStream.range(0, 16).mapToObj(i -> ZoneCode.of("zone-" + i)).toArray(ZoneCode[]::new));

    @Test
    void writesThePassOfTheDocumentationAsItStandsThere() {
        Pass pass = Pass.builder(StatusReference.of(7, 123_456), PassType.VISITOR, HolderReference.of("104217"))
                .valid(NINE, FIVE)
                .zones(ZoneGrant.of(1, List.of(0, 3)))
                .singleUse()
                .build();

        assertThat(HexFormat.of().formatHex(token(issue(pass))))
                .isEqualTo("8447a2013204420102a0" + "5823" + "a4" + "041a69a5c210" + "051a69a55190" + "0745000701e240"
                        + "3a00010000" + "84" + "07" + "01" + "4109" + "1a00019719" + "5840"
                        + "03bc7be80af8b4fb9511946514b1d1a2cec7fb27538bcd7a30f75172cf78954b"
                        + "325e99f63670bec20cdec40168b25fbe8e96dfba711396049910b96acc00ca06");
    }

    @Test
    @DisplayName("an ordinary pass (status, zones, holder) has at most 116 bytes and fits a QR code of version 7 with"
            + " error correction M")
    void fitsVersionSeven() {
        Pass employee = Pass.builder(
                        StatusReference.of(StatusReference.MAX_LIST, StatusReference.MAX_INDEX),
                        PassType.EMPLOYEE,
                        HolderReference.of("4294967295"))
                .valid(NINE, Instant.ofEpochSecond(Pass.MAX_EPOCH_SECOND))
                .zones(new ZoneGrant(23, List.of(0, 9, 31)))
                .build();
        Pass named = Pass.builder(StatusReference.of(3, 999_999), PassType.VISITOR, HolderReference.of("E104217"))
                .valid(NINE, FIVE)
                .zones(new ZoneGrant(23, List.of(0, 7)))
                .singleUse()
                .build();
        assertFitsVersionSeven(employee);
        assertFitsVersionSeven(named);
    }

    @Test
    void fitsVersionSevenWithoutAStatusUnderARandomId() {
        Pass ordinary = Pass.builder(PassId.random(new Random(7)), PassType.EMPLOYEE, HolderReference.of("4294967295"))
                .valid(NINE, Instant.ofEpochSecond(Pass.MAX_EPOCH_SECOND))
                .zones(SIXTEEN.grant(ZoneCode.of("zone-0"), ZoneCode.of("zone-7")))
                .singleUse()
                .build();
        Pass sixteenZones = Pass.builder(
                        PassId.random(new Random(8)), PassType.EVENT_TICKET, HolderReference.of("65535"))
                .valid(NINE, FIVE)
                .zones(SIXTEEN.grant(ZoneCode.of("zone-15")))
                .build();
        assertFitsVersionSeven(ordinary);
        assertFitsVersionSeven(sixteenZones);
    }

    private static void assertFitsVersionSeven(Pass pass) {
        String text = issue(pass);
        assertThat(token(text)).hasSizeLessThanOrEqualTo(116);
        assertThat(text).hasSizeLessThanOrEqualTo(178);
        assertThat(QrWriter.create(new QrOptions(ErrorCorrection.M, 4, 4))
                        .write(text)
                        .version())
                .isLessThanOrEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7",
                "65536",
                "999999999999999999",
                "1000000000000000000",
                "007",
                "00",
                "张伟",
                "a.b_c-D",
                "𝕏𝕐"
            })
    void givesBackTheHolderAsItWas(String holder) {
        Pass pass = Pass.builder(PassId.of(new byte[16]), PassType.VISITOR, HolderReference.of(holder))
                .valid(NINE, FIVE)
                .build();
        assertThat(verifier().verify(issue(pass), Presentation.atDesk(NOON)))
                .isEqualTo(new Verified(pass, KEY.id(), ""));
    }

    @Test
    void takesTheLargestPassThatCanBeIssued() {
        Pass largest = Pass.builder(PassId.of(new byte[16]), PassType.VISITOR, HolderReference.of("𝕏".repeat(64)))
                .valid(NINE, FIVE)
                .zones(new ZoneGrant(65_535, IntStream.range(0, 256).boxed().toList()))
                .onlyAt(PortalId.of("g".repeat(64)))
                .build();
        assertThat(verifier().verify(issue(largest), Presentation.atDesk(NOON))).isInstanceOf(Verified.class);
    }

    @Test
    void refusesEveryTruncationAndEveryFlippedBitOfAPass() {
        byte[] token = token(
                issue(visitor().zones(ZoneGrant.of(1, List.of(0))).singleUse().build()));
        for (int length = 0; length < token.length; length++) {
            assertRefused(text(Arrays.copyOf(token, length)));
        }
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] flipped = token.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(text(flipped));
        }
        assertRefused(text(Arrays.copyOf(token, token.length + 1)));
    }

    @Test
    void refusesEveryTruncationAndEveryFlippedBitOfTheText() {
        byte[] text = issue(visitor().build()).getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length < text.length; length++) {
            assertRefused(Arrays.copyOf(text, length));
        }
        for (int bit = 0; bit < text.length * 8; bit++) {
            byte[] flipped = text.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(flipped);
        }
    }

    @Test
    void refusesEveryTruncationOfTheClaimsAndReadsOrRefusesEveryFlippedBit() throws CborException {
        Pass pass = visitor()
                .zones(ZoneGrant.of(1, List.of(0)))
                .onlyAt(PortalId.of("g"))
                .build();
        byte[] claims = PassCodec.writeClaims(pass);
        for (int length = 0; length < claims.length; length++) {
            byte[] cut = Arrays.copyOf(claims, length);
            assertThatExceptionOfType(CborException.class).isThrownBy(() -> PassCodec.readClaims(cut));
        }
        for (int bit = 0; bit < claims.length * 8; bit++) {
            byte[] flipped = claims.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertOneEncodingOrRefused(flipped);
        }
    }

    /** What the signature does not protect from is an issuer that writes differently: those claims are refused. */
    @Test
    void refusesClaimsThatAPassHasOtherwise() {
        byte[] id = new byte[8];
        List.of(
                        fields(
                                id,
                                out -> out.arrayHead(4)
                                        .integer(4)
                                        .integer(1)
                                        .bytes(new byte[] {1, 0})
                                        .integer(5)),
                        fields(
                                id,
                                out -> out.arrayHead(4)
                                        .integer(4)
                                        .integer(1)
                                        .bytes(new byte[0])
                                        .integer(5)),
                        fields(
                                id,
                                out -> out.arrayHead(4)
                                        .integer(4)
                                        .integer(0)
                                        .bytes(new byte[] {1})
                                        .integer(5)),
                        fields(
                                id,
                                out -> out.arrayHead(4)
                                        .integer(4)
                                        .integer(0)
                                        .bytes(new byte[0])
                                        .text("5")),
                        fields(
                                id,
                                out -> out.arrayHead(4)
                                        .integer(4)
                                        .integer(0)
                                        .bytes(new byte[0])
                                        .text("a b")),
                        fields(
                                id,
                                out -> out.arrayHead(4)
                                        .integer(4)
                                        .integer(0)
                                        .bytes(new byte[0])
                                        .integer(-1)),
                        fields(
                                id,
                                out -> out.arrayHead(4)
                                        .integer(20)
                                        .integer(0)
                                        .bytes(new byte[0])
                                        .integer(5)),
                        fields(id, out -> out.arrayHead(3).integer(4).integer(0).bytes(new byte[0])),
                        fields(
                                id,
                                out -> out.arrayHead(5)
                                        .integer(4)
                                        .integer(0)
                                        .bytes(new byte[0])
                                        .integer(5)
                                        .text("Ü")),
                        fields(
                                new byte[3],
                                out -> out.arrayHead(4)
                                        .integer(4)
                                        .integer(0)
                                        .bytes(new byte[0])
                                        .integer(5)))
                .forEach(claims ->
                        assertThatExceptionOfType(CborException.class).isThrownBy(() -> PassCodec.readClaims(claims)));
    }

    private static byte[] fields(byte[] id, java.util.function.UnaryOperator<CborWriter> fields) {
        CborWriter out = new CborWriter()
                .mapHead(4)
                .integer(4)
                .integer(200)
                .integer(5)
                .integer(100)
                .integer(7)
                .bytes(id)
                .integer(-65_537);
        return fields.apply(out).toByteArray();
    }

    private static void assertOneEncodingOrRefused(byte[] claims) {
        try {
            assertThat(PassCodec.writeClaims(PassCodec.readClaims(claims))).isEqualTo(claims);
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    private static void assertRefused(byte[] text) {
        assertThat(verifier().verify(text, Presentation.atDesk(NOON))).isInstanceOf(Verification.Rejected.class);
    }

    private static byte[] token(String text) {
        return Base45.decode(text.getBytes(StandardCharsets.US_ASCII), 4).orElseThrow();
    }

    private static byte[] text(byte[] token) {
        return ("GH1:" + Base45.encode(token)).getBytes(StandardCharsets.US_ASCII);
    }
}
