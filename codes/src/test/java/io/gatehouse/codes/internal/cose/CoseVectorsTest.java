package io.gatehouse.codes.internal.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.codes.SharedData;
import io.gatehouse.codes.internal.cbor.CborException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the COSE working group, each for what it says. */
class CoseVectorsTest {
    private static final int MAX = 1_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign1-tests/sign-pass-01",
                "sign1-tests/sign-pass-02",
                "sign1-tests/sign-pass-03",
                "eddsa-examples/eddsa-sig-01",
                "CWT/A_3"
            })
    void acceptsWhatIsSigned(String name) throws Exception {
        Vector vector = Vector.read(name);
        CoseSign1 message = CoseSign1.parse(vector.message(), MAX);
        assertThat(message.isSignedBy(vector.key(), vector.externalData())).isTrue();
    }

    @Test
    void refusesASignatureThatLeavesOutTheDataFromOutside() throws Exception {
        Vector vector = Vector.read("sign1-tests/sign-pass-02");
        assertThat(CoseSign1.parse(vector.message(), MAX).isSignedBy(vector.key()))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "sign-fail-02, changed payload",
        "sign-fail-03, algorithm -999",
        "sign-fail-04, algorithm by an unknown name",
        "sign-fail-06, protected header added",
        "sign-fail-07, protected header removed"
    })
    void refusesWhatIsNotSigned(String name, String why) throws Exception {
        Vector vector = Vector.read("sign1-tests/" + name);
        CoseSign1 message = CoseSign1.parse(vector.message(), MAX);
        assertThat(message.isSignedBy(vector.key(), vector.externalData()))
                .as(why)
                .isFalse();
    }

    /** With its one fault mended each of these is signed, so that it is that fault and no other that it is refused for. */
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource({
        "sign-fail-01, ^d903e6, d2, tag",
        "sign-fail-02, 656e742f, 656e742e, payload (the signature fits the one before)",
        "sign-fail-03, 45a1013903e6, 43a10126, algorithm -999",
        "sign-fail-04, 4aa10167756e6b6e6f776e, 43a10126, algorithm by an unknown name",
        "sign-fail-06, 45a201260300, 43a10126, protected header added",
        "sign-fail-07, 43a10126, 45a201260300, protected header removed"
    })
    void acceptsEachFailureOnceItsFaultIsMended(String name, String fault, String mended, String what)
            throws Exception {
        Vector vector = Vector.read("sign1-tests/" + name);
        String hex = HexFormat.of().formatHex(vector.message());
        String whole = hex.replaceFirst(fault, mended);
        assertThat(whole).as(what).isNotEqualTo(hex);
        CoseSign1 message = CoseSign1.parse(HexFormat.of().parseHex(whole), MAX);
        assertThat(message.isSignedBy(vector.key(), vector.externalData())).isTrue();
    }

    /** No file is left out: each is one of those named in this class. */
    @Test
    void looksAtEveryVector() throws Exception {
        Set<String> named = Set.of(
                "sign-pass-01",
                "sign-pass-02",
                "sign-pass-03",
                "sign-fail-01",
                "sign-fail-02",
                "sign-fail-03",
                "sign-fail-04",
                "sign-fail-06",
                "sign-fail-07",
                "eddsa-01",
                "eddsa-02",
                "eddsa-sig-01",
                "eddsa-sig-02",
                "A_3",
                "A_4",
                "A_5",
                "A_6",
                "A_7");
        try (Stream<Path> files = Files.walk(SharedData.folder("cose"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".json"))
                            .map(file -> file.substring(0, file.length() - 5)))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @ParameterizedTest
    @CsvSource({"sign-fail-03, -999", "sign-fail-04, 0"})
    void refusesAnAlgorithmForBeingUnknown(String name, long algorithm) throws Exception {
        Vector vector = Vector.read("sign1-tests/" + name);
        assertThat(CoseSign1.parse(vector.message(), MAX).algorithm()).hasValue(algorithm);
        assertThat(vector.key().takes(algorithm)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sign1-tests/sign-fail-01, 998",
        "eddsa-examples/eddsa-01, 98",
        "eddsa-examples/eddsa-02, 98",
        "CWT/A_4, 17",
        "CWT/A_5, 16",
        "CWT/A_6, 16",
        "CWT/A_7, 17"
    })
    void refusesOtherKindsOfMessagesByTheirTag(String name, long tag) throws Exception {
        byte[] message = Vector.read(name).message();
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> CoseSign1.parse(message, MAX))
                .withMessage("tag " + tag + " instead of 18 (COSE_Sign1)");
    }

    /** Algorithm −8 does not say which curve, so it is the signature that does not fit. */
    @Test
    void refusesAnEd448SignatureUnderAnEd25519Key() throws Exception {
        Vector vector = Vector.read("eddsa-examples/eddsa-sig-02");
        assertThat(CoseSign1.parse(vector.message(), MAX).algorithm()).hasValue(-8);
        CoseVerificationKey other = Vector.read("eddsa-examples/eddsa-sig-01").key();
        assertThat(CoseSign1.parse(vector.message(), MAX).isSignedBy(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign1-tests/sign-pass-01", "eddsa-examples/eddsa-sig-01", "CWT/A_3"})
    void refusesEveryTruncationAndEveryFlippedBitOfWhatIsSigned(String name) throws Exception {
        Vector vector = Vector.read(name);
        byte[] message = vector.message();
        for (int length = 0; length < message.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(message, length);
            assertThatExceptionOfType(CborException.class).isThrownBy(() -> CoseSign1.parse(cut, MAX));
        }
        int identifierOrAlgorithmOnly = 0;
        for (int bit = 0; bit < message.length * 8; bit++) {
            byte[] flipped = message.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            if (isTaken(flipped, vector)) {
                identifierOrAlgorithmOnly++;
            }
        }
        // Unprotected headers are, by their name, open to change: a key id of 2 bytes has 16 bits, its label some more.
        assertThat(identifierOrAlgorithmOnly).isLessThanOrEqualTo(name.startsWith("CWT") ? 0 : 24);
    }

    private static boolean isTaken(byte[] bytes, Vector vector) {
        try {
            return CoseSign1.parse(bytes, MAX).isSignedBy(vector.key(), vector.externalData());
        } catch (CborException e) {
            return false;
        }
    }

    /** An example: fields of its JSON that occur once and hold no escapes. */
    private record Vector(String json) {
        static Vector read(String name) throws IOException {
            return new Vector(Files.readString(SharedData.folder("cose").resolve(name + ".json")));
        }

        byte[] message() {
            return hex("cbor").orElseThrow();
        }

        byte[] externalData() {
            return hex("external").orElse(new byte[0]);
        }

        CoseVerificationKey key() {
            return field("crv").orElseThrow().equals("P-256")
                    ? Es256Key.of(coordinate("x"), coordinate("y"))
                    : Ed25519Key.of(coordinate("x"));
        }

        private byte[] coordinate(String name) {
            return hex(name + "_hex")
                    .orElseGet(() -> Base64.getUrlDecoder().decode(field(name).orElseThrow()));
        }

        private Optional<byte[]> hex(String name) {
            return field(name).map(HexFormat.of()::parseHex);
        }

        private Optional<String> field(String name) {
            Matcher matcher =
                    Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }
    }
}
